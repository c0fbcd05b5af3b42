import Friends
import HTTPTypes

/// What the stores refuse, as the callers of REST are told.
extension Problem {
    init(_ error: StoreError) {
        self =
            switch error.code {
            case .unavailable: .unavailable(.unavailable, "a store does not answer")
            case .erased: Problem(status: .forbidden, code: .erased, detail: "the user was erased")
            case .notFound: .noSuchUser
            case .invalid: .badRequest("this cannot be stored")
            case .tooManyFriends:
                Problem(
                    status: .conflict, code: .tooManyFriends, detail: "one of the two has as many friends as it may")
            case .tooManyRequests:
                Problem(status: .conflict, code: .tooManyRequests, detail: "too many requests wait for an answer")
            case .tooManyBlocks:
                Problem(status: .conflict, code: .tooManyBlocks, detail: "the user has as many blocks as it may")
            }
    }
}
