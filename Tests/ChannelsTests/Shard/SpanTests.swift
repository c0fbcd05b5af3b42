import Geo
import Testing

@testable import Channels

/// How near and how far the friends of a list are.
@Suite struct SpanTests {
    private let stage = Stage()

    @Test func isOfThoseInTheListOnly() throws {
        let friends = (2...6).map { stage.person($0) }
        for (friend, metres) in zip(friends, [300.0, -700, 1_001, 20, 5]) { stage.locate(friend, at: metres) }
        stage.engine.setSharing(friends[4], false, epoch: 1)
        let session = stage.open(stage.person(1), friends: friends).session
        let span = try #require(stage.shard.span(of: session))
        #expect(abs(span.nearest - 20) < 0.01)
        #expect(abs(span.farthest - 700) < 0.01)
    }

    @Test func isThatOfNobodyWithoutFriends() {
        let friend = stage.person(2)
        #expect(stage.shard.span(of: stage.open(stage.person(1), friends: []).session) == nil)
        let session = stage.open(stage.person(3), friends: [friend]).session
        #expect(stage.shard.span(of: session) == nil)
        stage.locate(friend, at: 1_001)
        #expect(stage.shard.span(of: session) == nil)
        stage.locate(friend, at: 999, timestamp: stage.now + 1)
        #expect(stage.shard.span(of: session) != nil)
        stage.shard.unsubscribe(session, from: friend)
        #expect(stage.shard.span(of: session) == nil)
    }

    @Test func isWhatBruteForceFinds() throws {
        var random = SeededRandom(seed: 3)
        for round in 0..<50 {
            let stage = Stage()
            let places = (0..<Int.random(in: 1...100, using: &random)).map { _ in
                Double.random(in: -3_000...3_000, using: &random)
            }
            let friends = places.indices.map { stage.person($0 + 2) }
            for (friend, place) in zip(friends, places) { stage.locate(friend, at: place) }
            let session = stage.open(stage.person(1), friends: friends, at: 10).session
            let inside = places.map { abs($0 - 10) }.filter { $0 <= 1_000 }
            let span = stage.shard.span(of: session)
            #expect((span == nil) == inside.isEmpty, "round \(round)")
            guard let span, let nearest = inside.min(), let farthest = inside.max() else { continue }
            #expect(abs(span.nearest - nearest) < 0.05 && abs(span.farthest - farthest) < 0.05)
        }
    }
}
