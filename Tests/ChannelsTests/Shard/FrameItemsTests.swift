import Geo
import Testing

@testable import Channels

@Suite struct FrameItemsTests {
    private func item(_ user: Int, _ kind: FrameItem.Kind) -> FrameItem {
        FrameItem(channel: 0, user: UInt32(user), centimetres: 0, kind: kind)
    }

    /// However many are shown, up to a full frame.
    @Test(arguments: [(0, 0), (3, 0), (0, 3), (2, 3), (2_500, 2_500), (100, 4_900), (4_900, 100), (5_000, 0)])
    func thoseWhoAreShownStandBeforeThoseWhoAreGone(shown: Int, gone: Int) {
        let items = FrameItems()
        for round in 0..<2 {
            for user in 0..<shown { items.addShown(item(user + round, .shown)) }
            for user in 0..<gone { items.addGone(item(10_000 + user, .outOfRange)) }
            let counts = [items.shownCount, items.goneCount]
            #expect(counts == [shown, gone])
            let taken = items.take()
            #expect(taken.count == shown + gone)
            #expect(taken.prefix(shown).map(\.user) == (0..<shown).map { UInt32($0 + round) })
            #expect(Set(taken.dropFirst(shown).map(\.user)) == Set((0..<gone).map { UInt32(10_000 + $0) }))
            let isEmpty = items.isEmpty
            #expect(isEmpty)
        }
    }

    @Test func theReadyListMovesInOrder() {
        let ready = ReadyList(capacity: 10)
        let flushing = ReadyList(capacity: 10)
        for session: UInt32 in [3, 1, 2] { ready.append(session) }
        ready.move(to: flushing)
        ready.append(7)
        let (left, moved) = ([ready.count, Int(ready[0])], [flushing[0], flushing[1], flushing[2]])
        #expect(left == [1, 7])
        #expect(moved == [3, 1, 2])
        let count = flushing.count
        flushing.removeAll()
        #expect([count, flushing.count] == [3, 0])
    }

    /// The series that flushes use against the arc sine, up to the longest radius.
    @Test func centimetresAreThoseOfTheGreatCircle() {
        var random = SeededRandom(seed: 2)
        var distances = [0, 0.004, 0.01, 1, 999.999, Radius.maximumMetres]
        for exponent in -2...5 {
            for _ in 0..<200 { distances.append(.random(in: 0..<1, using: &random) * pow10(exponent)) }
        }
        for metres in distances {
            let centimetres = Double(Shard.centimetres(chordSquared: Earth.chordSquared(metres: metres)))
            #expect(abs(centimetres - metres * 100) <= 0.500_001)
        }
    }

    private func pow10(_ exponent: Int) -> Double {
        exponent < 0 ? 1 / pow10(-exponent) : (0..<exponent).reduce(1) { value, _ in value * 10 }
    }
}
