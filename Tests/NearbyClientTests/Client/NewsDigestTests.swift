import Testing

@testable import NearbyClient

/// A consumer who does not look is told the net difference, in bounded memory.
@Suite struct NewsDigestTests {
    private func friend(_ id: String) -> Friend {
        Friend(id: id, profile: nil, fix: Fix(position: Samples.at(1, 2), timestamp: 3), distance: 4)
    }

    private func snapshot(_ ids: [String]) -> NearbySnapshot {
        NearbySnapshot(
            connection: ConnectionState(phase: .online, attempt: 0), settings: nil, position: nil,
            friends: ids.map(friend), total: ids.count, hasMore: false, strangers: .off(reason: nil))
    }

    @Test func whatCancelsOutIsNotTold() {
        var news = NewsDigest()
        news.entered("a")
        news.left(friend("a"), .outOfRange)
        news.left(friend("b"), .inactive)
        news.entered("b")
        news.moved("c")
        news.left(friend("c"), .stopped)
        news.entered("d")
        news.moved("d")
        let change = news.change(snapshot(["b", "d"]))
        #expect(change.entered.map(\.id) == ["d"] && change.moved.map(\.id) == ["b"])
        #expect(change.left.map(\.friend.id) == ["c"] && change.left.map(\.reason) == [.stopped])
    }

    @Test func mergingIsAsIfItHadHappenedAtOnce() {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<200 {
            var (shown, atOnce, merged) = (Set(["a", "b"]), NewsDigest(), NewsDigest())
            for _ in 0..<12 {
                var part = NewsDigest()
                let id = ["a", "b", "c", "d"].randomElement(using: &random)!
                let leaves = Bool.random(using: &random)
                for index in 0..<2 {
                    var digest = index == 0 ? atOnce : part
                    if !shown.contains(id) {
                        digest.entered(id)
                    } else if leaves {
                        digest.left(friend(id), .inactive)
                    } else {
                        digest.moved(id)
                    }
                    if index == 0 { atOnce = digest } else { part = digest }
                }
                if !shown.contains(id) { shown.insert(id) } else if leaves { shown.remove(id) }
                merged.merge(part)
            }
            let (one, other) = (atOnce.change(snapshot(shown.sorted())), merged.change(snapshot(shown.sorted())))
            #expect(one.entered == other.entered && one.moved == other.moved && one.left == other.left)
            #expect(Set(one.entered.map(\.id)) == shown.subtracting(["a", "b"]))
            #expect(Set(one.left.map(\.friend.id)) == Set(["a", "b"]).subtracting(shown))
        }
    }

    @Test func memoryIsBounded() {
        var news = NewsDigest()
        for round in 0..<10_000 {
            news.entered("a")
            news.left(friend("a"), .outOfRange)
            news.failed(NearbyError(code: .badMessage, message: "\(round)"))
        }
        let change = news.change(snapshot([]))
        #expect(change.entered.isEmpty && change.left.isEmpty)
        #expect(change.errors.count == NearbyChange.maximumErrors && change.errors.last?.message == "9999")
    }
}
