import Channels
import Friends
import Geo
import NIOCore
import Strangers
import WebSocket

/// From `hello` to `welcome`.
extension Session {
    func greet(_ hello: ClientMessage.Hello, seq: Int64?) {
        let core = loop.core
        let wall = core.clock.wallMilliseconds()
        switch core.verifier.verify(hello.token, now: wall) {
        case .bad:
            sendError(.badToken, "the token is not valid", seq: seq)
            end(code: .badToken, reason: "bad token")
        case .expired:
            sendError(.tokenExpired, "the token has expired", seq: seq)
            end(code: .tokenExpired, reason: "token expired")
        case .valid(let id, let expires):
            guard !isInFuture(hello.fix) else {
                return sendError(.badLocation, "ts is in the future", seq: seq)
            }
            admit(id, expires: expires, wall: wall, hello, seq: seq)
        }
    }

    private func admit(_ id: UserID, expires: Int64, wall: Int64, _ hello: ClientMessage.Hello, seq: Int64?) {
        let core = loop.core
        guard core.database?.isProven ?? true else { return refuseUnavailable(seq: seq) }
        let user = core.engine.users.index(of: id)
        guard core.sessionCounts.enter(user, limit: core.settings.sessions.perUser) else {
            sendError(.tooManySessions, "the user has as many sessions as it may", seq: seq)
            return end(code: .tooManySessions, reason: "too many sessions")
        }
        let radius = hello.radius ?? core.settings.radius
        guard let session = loop.shard.begin(user, radius: radius, now: loop.now) else {
            core.sessionCounts.leave(user)
            return end(code: .overloaded)
        }
        let grace = core.settings.tokens.grace.milliseconds
        let welcomed = Welcomed(
            user: user, id: id, session: session, radius: radius,
            deadline: loop.now + (expires - wall) + grace)
        phase = .loading(welcomed)
        loop.setSession(self, at: session)
        loop.remind(self, at: welcomed.deadline)
        load(id, hello, seq: seq)
    }

    private func load(_ id: UserID, _ hello: ClientMessage.Hello, seq: Int64?) {
        later { [core = loop.core] in
            guard let database = core.database else { return try await core.stores.users.account(of: id) }
            return try await database.account(of: id)
        } then: { session, result in
            session.loaded(result, hello, seq: seq)
        }
    }

    private func loaded(_ result: Result<Account, any Error>, _ hello: ClientMessage.Hello, seq: Int64?) {
        guard case .loading(let welcomed) = phase, connection.isOpen else { return }
        if welcomed.isOutdated {
            welcomed.isOutdated = false
            return load(welcomed.id, hello, seq: seq)
        }
        switch result {
        case .success(let account):
            welcome(welcomed, account, hello, seq: seq)
        case .failure(let error) where (error as? StoreError)?.code == .erased:
            end(code: .revoked, reason: "erased")
        case .failure:
            refuseUnavailable(seq: seq)
        }
    }

    /// Nobody can say whom the user may see. The client is to come again.
    private func refuseUnavailable(seq: Int64?) {
        sendUnavailable(seq: seq)
        end(code: .overloaded, reason: "the store did not answer")
    }

    private func welcome(_ welcomed: Welcomed, _ account: Account, _ hello: ClientMessage.Hello, seq: Int64?) {
        let core = loop.core
        _ = core.know(CollectionOfOne(account.user))
        core.engine.setSharing(welcomed.user, account.user.sharing, epoch: account.user.epoch)
        welcomed.load(number: account.user.number, blocked: account.blocked.map(core.engine.users.index))
        let friends = core.know(account.friends).filter { !welcomed.blocked.contains($0) }
        loop.shard.install(welcomed.session, friends: friends, now: loop.now)
        guard let cluster = core.cluster else { return arrive(welcomed, hello, seq: seq) }
        // The own state as well: another process may know a newer one.
        let users = friends + [welcomed.user]
        later {
            try await cluster.prepare(users).get()
        } then: { session, _ in
            guard case .loading(let welcomed) = session.phase, session.connection.isOpen else { return }
            session.arrive(welcomed, hello, seq: seq)
        }
    }

    /// Everything is known that can be: takes the location and welcomes the client.
    private func arrive(_ welcomed: Welcomed, _ hello: ClientMessage.Hello, seq: Int64?) {
        locate(hello.fix, welcomed)
        guard let request = hello.strangers, request.on,
            optIn(request, welcomed, answer: { session in session.sendWelcome(welcomed, hello, seq: seq) })
        else { return sendWelcome(welcomed, hello, seq: seq) }
    }

    private func sendWelcome(_ welcomed: Welcomed, _ hello: ClientMessage.Hello, seq: Int64?) {
        phase = .welcomed(welcomed)
        let wire = loop.wire
        let sharing = loop.core.engine.users.sharing(of: welcomed.user).sharing
        let settings = loop.core.settings
        let page = loop.shard.welcome(welcomed.session, now: loop.now)
        let strangers = loop.strangers.status(of: welcomed.session)
        wire.begin("welcome", seq: seq)
        wire.json(",\"user\":")
        wire.id(welcomed.id)
        wire.json(",\"session\":\"")
        wire.frame.append(string: Self.randomName())
        wire.json("\",\"protocol\":1,\"sharing\":")
        wire.bool(sharing)
        wire.json(",\"radius_m\":")
        wire.radius(welcomed.radius)
        wire.json(",\"stale_after_s\":")
        wire.seconds(milliseconds: settings.inactive.milliseconds)
        wire.json(",\"update_every_s\":")
        wire.seconds(milliseconds: settings.updateEvery.milliseconds)
        wire.json(",\"friends\":{\"total\":")
        wire.integer(page.total)
        wire.json(",\"items\":")
        loop.friends.friends(page.items)
        wire.json(",\"next\":")
        writeCursor(after: page, welcomed)
        wire.json("},\"strangers\":{")
        if let strangers {
            wire.strangersMembers(strangers)
        } else {
            wire.json("\"on\":false")
        }
        wire.json("}")
        if hello.quiet, let quiet = beginQuiet(welcomed) { wire.quiet(quiet) }
        wire.end()
        send()
    }

    /// 64 random bits, to tell sessions apart in reports and logs.
    private static func randomName() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// `null`, or a cursor that `more` may name.
    func writeCursor(after page: FriendsPage, _ welcomed: Welcomed) {
        guard page.hasMore else { return loop.wire.json("null") }
        welcomed.cursorCount += 1
        loop.wire.json("\"")
        loop.wire.frame.append(string: Self.cursorPrefix)
        loop.wire.integer(welcomed.cursorCount)
        loop.wire.json("\"")
    }

    static let cursorPrefix = "page-"

    /// Whether this session was given that cursor.
    func isKnown(cursor: String, _ welcomed: Welcomed) -> Bool {
        guard cursor.hasPrefix(Self.cursorPrefix),
            let number = Int(cursor.dropFirst(Self.cursorPrefix.count)), "\(Self.cursorPrefix)\(number)" == cursor
        else { return false }
        return (1...max(1, welcomed.cursorCount)).contains(number) && welcomed.cursorCount > 0
    }
}
