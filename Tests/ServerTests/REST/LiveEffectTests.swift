import Channels
import Friends
import Geo
import HTTPTypes
import Testing

@testable import Server

/// What REST changes reaches the sessions that are open.
@Suite struct LiveEffectTests {
    /// Opens a session of a user at a place, as `hello` does, and has `sink` get its frames.
    private func begin(_ desk: Desk, _ id: String, _ latitude: Double, sink: FrameLog) async throws -> UInt32 {
        let core = desk.core
        _ = core.know([try await core.stores.users.ensure(UserID(id)!)])
        let (now, wall) = (desk.clock.monotonic, desk.clock.wall)
        return try #require(
            try await core.loops[0].ask { loop in
                loop.shard.sink = sink
                let session = loop.shard.begin(
                    core.engine.users.index(of: UserID(id)!), radius: Radius(metres: 5_000)!, now: now)!
                loop.shard.install(session, friends: [], now: now)
                _ = loop.shard.publish(
                    session, Coordinate(latitude: latitude, longitude: 8)!, timestamp: wall, now: now)
                _ = loop.shard.welcome(session, now: now)
                loop.tick()
                return session
            })
    }

    /// The frames that are due within a second.
    private func frames(_ desk: Desk, _ log: FrameLog) async throws -> [FrameLog.Entry] {
        desk.clock.advance(milliseconds: 1_000)
        return try await desk.core.loops[0].ask { loop in
            loop.tick()
            return log.take()
        } ?? []
    }

    @Test func friendshipsBlocksAndErasureActAtOnce() async throws {
        try await Desk.open { desk in
            let log = FrameLog()
            let anna = try await self.begin(desk, "anna", 50, sink: log)
            let ben = try await self.begin(desk, "ben", 50.01, sink: log)
            let users = desk.core.engine.users
            let (a, b) = (users.index(of: UserID("anna")!), users.index(of: UserID("ben")!))
            func both(_ kind: FrameItem.Kind) -> Set<FrameLog.Entry> {
                [.init(session: anna, user: b, kind: kind), .init(session: ben, user: a, kind: kind)]
            }
            #expect(try await self.frames(desk, log).isEmpty)

            #expect(try await desk.call(.put, "/v1/users/anna/friends/ben").status == 201)
            #expect(try await Set(self.frames(desk, log)) == both(.introduced))
            #expect(try await desk.call(.delete, "/v1/users/ben/friends/anna", as: .user("ben")).status == 204)
            #expect(try await Set(self.frames(desk, log)) == both(.unfriended))

            _ = try await desk.call(.put, "/v1/users/anna/friends/ben", as: .user("anna"))
            #expect(try await self.frames(desk, log).isEmpty)
            #expect(try await desk.call(.put, "/v1/users/ben/friends/anna", as: .user("ben")).status == 201)
            #expect(try await Set(self.frames(desk, log)).map(\.session).sorted() == [anna, ben].sorted())

            #expect(try await desk.call(.put, "/v1/users/anna/blocks/ben", as: .user("anna")).status == 201)
            #expect(try await Set(self.frames(desk, log)) == both(.stopped))
            #expect(try await desk.call(.delete, "/v1/users/anna/blocks/ben", as: .user("anna")).status == 204)
            #expect(try await self.frames(desk, log).count == 2)

            #expect(try await desk.call(.delete, "/v1/users/ben").status == 204)
            #expect(try await self.frames(desk, log).contains(.init(session: anna, user: b, kind: .stopped)))
            #expect(users.state(of: b) == nil)
        }
    }

    @Test func aFriendshipBehindABlockShowsNobody() async throws {
        try await Desk.open { desk in
            let log = FrameLog()
            _ = try await self.begin(desk, "anna", 50, sink: log)
            _ = try await self.begin(desk, "ben", 50.01, sink: log)
            _ = try await desk.call(.put, "/v1/users/ben/blocks/anna")
            #expect(try await desk.call(.put, "/v1/users/anna/friends/ben").status == 201)
            #expect(try await self.frames(desk, log).isEmpty)
        }
    }
}

/// What sessions were told. `@unchecked Sendable` because it is used on one event loop only.
final class FrameLog: FrameSink, @unchecked Sendable {
    struct Entry: Hashable, Sendable {
        let session: UInt32
        let user: UserIndex
        let kind: FrameItem.Kind
    }

    private var entries: [Entry] = []

    func deliver(to session: UInt32, items: UnsafeBufferPointer<FrameItem>, total: Int?) -> Bool {
        entries += items.map { Entry(session: session, user: $0.user, kind: $0.kind) }
        return true
    }

    func take() -> [Entry] {
        defer { entries = [] }
        return entries
    }
}
