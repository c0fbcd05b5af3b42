import Foundation
import Geo
import NIOCore
import Testing

@testable import NearbyClient

/// The store and the sequence of changes, against a server that is scripted.
@Suite(.timeLimit(.minutes(1))) @MainActor struct NearbyStoreTests {
    private func nearby(_ server: FakeServer) -> Nearby {
        let nearby = Nearby(server: server.url) { "token" }
        nearby.start()
        return nearby
    }

    private func until(_ isSo: () -> Bool) async throws {
        for _ in 0..<3_000 where !isSo() { try await Task.sleep(for: .milliseconds(10)) }
        try #require(isSo())
    }

    @Test func friendsAreNearestFirst() async throws {
        try await FakeServer.run { server in
            let nearby = nearby(server)
            let store = NearbyStore(nearby)
            nearby.move(to: Samples.bob.fix.position)
            try await until { store.friends.count == 2 }
            #expect(store.friends.map(\.id) == ["bob", "ann"] && store.total == 2)
            #expect(store.connection.phase == .online && store.settings?.user == "me")
            #expect(store.friends[0].distance == 0)
            nearby.move(to: Samples.ann.fix.position)
            try await until { store.friends.map(\.id) == ["ann", "bob"] }
            nearby.stop()
            try await until { store.friends.isEmpty && store.connection.phase == .stopped }
        }
    }

    @Test func agesAreNeverNegative() async throws {
        let store = NearbyStore(Nearby(server: ServerURL("ws://127.0.0.1:1")!) { nil })
        var friend = Samples.ann
        friend.fix.timestamp = Int64(store.now.timeIntervalSince1970 * 1_000) - 90_000
        #expect(abs(store.age(of: friend) - 90) < 0.1)
        friend.fix.timestamp = .max / 2_000
        #expect(store.age(of: friend) == 0)
    }

    @Test func aSequenceEndsWithItsTaskAndWithTheClient() async throws {
        try await FakeServer.run { server in
            var client: Nearby? = nearby(server)
            let changes = client!.changes
            let cancelled = Task { for await _ in changes {} }
            let abandoned = Task { for await _ in changes {} }
            cancelled.cancel()
            await cancelled.value
            client = nil
            await abandoned.value
        }
    }

    /// Who does not look gets one change, with the newest state.
    @Test func aSlowConsumerIsToldTheNewest() async throws {
        try await FakeServer.run { server in
            let nearby = nearby(server)
            var slow = nearby.changes.makeAsyncIterator()
            _ = await slow.next()
            for step in 0..<1_000 { nearby.move(to: Samples.at(0, Double(step) / 1_000)) }
            while await nearby.snapshot.friends.count < 2 { await Task.yield() }
            let change = try #require(await slow.next())
            #expect(change.snapshot.position == Samples.at(0, 0.999))
            #expect(Set(change.entered.map(\.id)) == ["ann", "bob"] && change.moved.isEmpty)
        }
    }
}
