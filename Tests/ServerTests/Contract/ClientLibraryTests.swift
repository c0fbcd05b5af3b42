import Channels
import Foundation
import Geo
import NearbyClient
import Synchronization
import Testing

@testable import Server

/// The Swift client against a real server.
@Suite(.timeLimit(.minutes(2))) struct ClientLibraryTests {
    private static func nearby(_ user: String, on server: LiveServer, at place: Place = .home) -> Nearby {
        let nearby = Nearby(server: ServerURL("ws://127.0.0.1:\(server.port)")!) { server.token(user) }
        nearby.start()
        nearby.move(to: place.coordinate)
        return nearby
    }

    /// The next change of which something is so; every friend's coming and going until then is kept.
    private func wait(
        _ changes: inout NearbyChanges.Iterator, until isSo: (NearbyChange) -> Bool
    ) async throws -> NearbyChange {
        while let change = await changes.next() { if isSo(change) { return change } }
        throw Unexpected("the changes have ended")
    }

    @Test func twoSeeEachOtherAppearMoveAndVanish() async throws {
        try await LiveServer.run { server in
            try await server.befriend("anna", "bob")
            let anna = Self.nearby("anna", on: server)
            var changes = anna.changes.makeAsyncIterator()
            _ = try await wait(&changes) { $0.snapshot.connection.phase == .online }

            let bob = Self.nearby("bob", on: server, at: Place.home.north(200))
            let appeared = try await wait(&changes) { !$0.entered.isEmpty }
            #expect(appeared.entered.map(\.name) == ["bob"] && appeared.snapshot.total == 1)
            #expect(abs(appeared.entered[0].distance - 200) < 0.1)
            var bobs = bob.changes.makeAsyncIterator()
            _ = try await wait(&bobs) { $0.snapshot.friends.map(\.id) == ["anna"] }

            bob.move(to: Place.home.north(3_000).coordinate)
            let moved = try await wait(&changes) { !$0.moved.isEmpty }
            #expect(abs(moved.moved[0].distance - 3_000) < 0.1 && moved.entered.isEmpty)

            bob.move(to: Place.home.north(20_000).coordinate)
            let gone = try await wait(&changes) { !$0.left.isEmpty }
            #expect(gone.left.map(\.reason) == [.outOfRange] && gone.snapshot.friends.isEmpty)
            _ = try await wait(&bobs) { $0.snapshot.friends.isEmpty }
        }
    }

    @Test func requestsAreAnswered() async throws {
        try await LiveServer.run { server in
            try await server.befriend("carl", "dora")
            let carl = Self.nearby("carl", on: server)
            try await carl.setRadius(Radius(metres: 500)!)
            try await carl.setSharing(false)
            let snapshot = await carl.snapshot
            #expect(snapshot.settings?.radius == 500 && snapshot.settings?.isSharing == false)
            #expect(try await carl.follow("dora") == nil)
            try await carl.unfollow("dora")
            try await carl.block(.user("egon"))
            try await carl.report(.user("egon"), reason: "spam")
            #expect(try await carl.more().isEmpty)
            await #expect(throws: NearbyError.self) { _ = try await carl.follow("nobody") }
            carl.stop()
            await #expect(throws: NearbyError.self) { try await carl.block(.user("egon")) }
        }
    }

    @Test func strangersAreToldAndEnded() async throws {
        let flags = LiveServer.quick.merging([.strangersK: "1", .strangersTick: "1s"]) { $1 }
        try await LiveServer.run(flags) { server in
            let frida = Self.nearby("frida", on: server)
            guard case .on(let details) = try await frida.showStrangers(radius: Radius(metres: 1_000)) else {
                Issue.record("strangers are off")
                return
            }
            #expect(details.radius == 1_000)
            try await frida.hideStrangers()
            #expect(await frida.snapshot.strangers == .off(reason: nil))
        }
    }

    @Test func aRestartOfTheServerBringsEverybodyBack() async throws {
        let directory = try TemporaryDirectory()
        let free = Mutex(0)
        try await LiveServer.run { server in free.withLock { $0 = server.port } }
        let port = free.withLock { $0 }
        let flags = LiveServer.quick.merging([.port: "\(port)"]) { $1 }
        // The first page of friends is 20.
        let friends = (1...25).map { "friend\($0)" }
        let nearby = Nearby(server: ServerURL("ws://127.0.0.1:\(port)")!) {
            TokenIssuer(secret: LiveServer.jwtSecret).token(
                for: UserID("gerd")!, expires: Int64(Date().timeIntervalSince1970 * 1_000) + 3_600_000, issued: 0)
        }
        try await LiveServer.run(flags, in: directory.path) { server in
            for friend in friends {
                try await server.befriend("gerd", friend)
                _ = try await server.client(friend, at: Place.home.north(100))
            }
            // All are there by now: the rest comes as a page, not as news.
            nearby.start()
            nearby.move(to: Place.home.coordinate)
            var changes = nearby.changes.makeAsyncIterator()
            let list = try await wait(&changes) { $0.snapshot.total == 25 && $0.snapshot.connection.phase == .online }
            #expect(list.snapshot.hasMore)
            _ = try await nearby.more()
            #expect(await nearby.snapshot.friends.count == 25)
        }
        var changes = nearby.changes.makeAsyncIterator()
        let waiting = try await wait(&changes) { $0.snapshot.connection.phase == .waiting }
        #expect(waiting.snapshot.friends.count == 25)
        try await LiveServer.run(flags, in: directory.path) { _ in
            var changes = nearby.changes.makeAsyncIterator()
            let back = try await wait(&changes) {
                #expect($0.left.isEmpty)
                return $0.snapshot.connection.phase == .online && $0.snapshot.friends.count == 25
            }
            #expect(Set(back.snapshot.friends.map(\.id)) == Set(friends) && back.snapshot.total == 25)
        }
    }
}

extension Place {
    fileprivate var coordinate: Coordinate { Coordinate(latitude: lat, longitude: lon)! }
}
