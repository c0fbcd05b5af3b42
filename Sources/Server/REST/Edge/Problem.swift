import HTTPTypes

/// Why a call is refused: an answer of RFC 9457.
///
/// The texts are fixed when the server is compiled, so that no id, coordinate or key can get into one.
struct Problem: Error {
    /// What a program decides by; stands as `code` in the answer.
    enum Code: String, CaseIterable {
        case badRequest = "bad_request"
        case badParameter = "bad_parameter"
        case badCursor = "bad_cursor"
        case badToken = "bad_token"
        case tokenExpired = "token_expired"
        case badKey = "bad_key"
        case unauthenticated
        case forbidden
        case erased
        case notFound = "not_found"
        case methodNotAllowed = "method_not_allowed"
        case tooManyFriends = "too_many_friends"
        case tooManyRequests = "too_many_requests"
        case tooManyBlocks = "too_many_blocks"
        case tooLarge = "too_large"
        case unsupportedMediaType = "unsupported_media_type"
        case upgradeRequired = "upgrade_required"
        case rateLimited = "rate_limited"
        case badRing = "bad_ring"
        case noEtcd = "no_etcd"
        case changed
        case unavailable
        case draining
        case fault
    }

    let status: HTTPResponse.Status
    let code: Code
    let detail: StaticString
    var headers: HTTPFields = [:]

    var answer: Answer {
        var json: [UInt8] = []
        json.append(json: #"{"type":"about:blank","title":"#)
        json.append(string: status.reasonPhrase)
        json.append(json: #","status":"#)
        json.append(integer: Int64(status.code))
        json.append(json: #","code":"#)
        json.append(string: code.rawValue)
        json.append(json: #","detail":"#)
        json.append(string: "\(detail)")
        json.append(json: "}")
        var headers = headers
        headers[.contentType] = "application/problem+json"
        return Answer(status: status, headers: headers, body: json)
    }
}

// MARK: What goes wrong

extension Problem {
    static func badRequest(_ detail: StaticString) -> Problem {
        Problem(status: .badRequest, code: .badRequest, detail: detail)
    }

    static func badParameter(_ detail: StaticString) -> Problem {
        Problem(status: .badRequest, code: .badParameter, detail: detail)
    }

    static let badCursor = Problem(
        status: .badRequest, code: .badCursor, detail: "the cursor is not one of this list")

    static func forbidden(_ detail: StaticString) -> Problem {
        Problem(status: .forbidden, code: .forbidden, detail: detail)
    }

    static let noSuchUser = Problem(status: .notFound, code: .notFound, detail: "there is no such user")
    static let noSuchAddress = Problem(status: .notFound, code: .notFound, detail: "there is nothing at this address")

    static func methodNotAllowed(_ allowed: String) -> Problem {
        Problem(
            status: .methodNotAllowed, code: .methodNotAllowed, detail: "the method does not exist here",
            headers: [.allow: allowed])
    }

    static let tooLarge = Problem(
        status: .contentTooLarge, code: .tooLarge, detail: "the body is longer than 65536 bytes")
    static let unsupportedMediaType = Problem(
        status: .unsupportedMediaType, code: .unsupportedMediaType, detail: "the body must be application/json")
    static let upgradeRequired = Problem(
        status: .upgradeRequired, code: .upgradeRequired, detail: "this address speaks WebSocket",
        headers: [.upgrade: "websocket", .connection: "upgrade"])

    /// - Parameter milliseconds: until the next call is let through.
    static func rateLimited(retryAfter milliseconds: Int64) -> Problem {
        let seconds = max(1, (milliseconds + 999) / 1_000)
        return Problem(
            status: .tooManyRequests, code: .rateLimited, detail: "too many calls",
            headers: [.retryAfter: "\(seconds)"])
    }

    static let noEtcd = Problem(
        status: .conflict, code: .noEtcd, detail: "the ring is that of the settings: there is no `cluster.etcd`")
    static let ringChanged = Problem(
        status: .preconditionFailed, code: .changed, detail: "the ring is another one by now")

    static func unavailable(_ code: Code, _ detail: StaticString) -> Problem {
        Problem(
            status: .serviceUnavailable, code: code, detail: detail,
            headers: [.retryAfter: "\(Limits.unavailableRetrySeconds)"])
    }

    static let fault = Problem(
        status: .internalServerError, code: .fault, detail: "the server made a mistake")
}
