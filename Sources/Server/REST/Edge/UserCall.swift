import Channels
import Friends

/// A call about one user, made by that user or by the backend.
struct UserCall: Sendable {
    enum Subject: Sendable {
        /// The user calls.
        case itself(User)
        /// The backend calls; whether the user exists is not known.
        case named(UserID)
    }

    let call: Call
    let subject: Subject

    var id: UserID {
        switch subject {
        case .itself(let user): user.id
        case .named(let id): id
        }
    }

    /// The user, who must exist.
    func user(in stores: Stores) async throws -> User {
        switch subject {
        case .itself(let user):
            return user
        case .named(let id):
            guard let user = try await stores.users.user(id), !user.isErased else { throw Problem.noSuchUser }
            return user
        }
    }
}
