import Channels
import Friends
import HTTPTypes
import Synchronization

extension HTTPField.Name {
    /// What the host app's backend shows.
    static let apiKey = HTTPField.Name("X-API-Key")!
}

/// Who calls, and on whom they may act.
final class Gate: Sendable {
    private static let scheme = "bearer "

    private let core: ServerCore
    private let buckets = Mutex(CallBuckets())

    init(core: ServerCore) {
        self.core = core
    }

    /// Who shows these credentials, if all of them are good and a user does not call too often.
    func caller(_ headers: HTTPFields) throws(Problem) -> Caller {
        let isBackend = try showsKey(headers)
        guard let authorization = headers[.authorization] else {
            guard isBackend else { throw .noCredentials }
            return .backend
        }
        let user = try user(authorization)
        if isBackend { return .backend }
        let now = core.clock.monotonicMilliseconds()
        if let wait = buckets.withLock({ $0.wait(user, now: now) }) { throw .rateLimited(retryAfter: wait) }
        return .user(user)
    }

    private func showsKey(_ headers: HTTPFields) throws(Problem) -> Bool {
        guard let key = headers[.apiKey] else { return false }
        guard core.keys.apiKey.matches(key.utf8) else { throw .badKey }
        return true
    }

    private func user(_ authorization: String) throws(Problem) -> UserID {
        guard authorization.prefix(Self.scheme.count).lowercased() == Self.scheme else { throw .noCredentials }
        let token = String(authorization.dropFirst(Self.scheme.count).drop { $0 == " " })
        switch core.verifier.verify(token, now: core.clock.wallMilliseconds()) {
        case .valid(let user, expires: _): return user
        case .expired: throw .tokenExpired
        case .bad: throw .badToken
        }
    }

    /// Lets a caller act on `id`: the backend on anyone, a user on itself, unless it was erased.
    func subject(_ id: UserID, for caller: Caller) async throws -> UserCall.Subject {
        guard case .user(let user) = caller else { return .named(id) }
        guard user == id else { throw Problem.forbidden("this is another user's") }
        return try await .itself(core.stores.users.ensure(user))
    }
}
