import Testing

@testable import Channels

@Suite struct DelayedFlushesTests {
    private static let bucket = EngineSettings.flushBucketMilliseconds

    @Test(arguments: [0, 1, 15, 16, 250, 1_000] as [Int64], 0..<4)
    func nobodyIsEarlyLateOrLost(longest: Int64, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var delayed = DelayedFlushes(longest: longest)
        let slab = Slab<SessionEntry>(capacity: 101)
        for session in 1...100 { (slab.base + session).initialize(to: SessionEntry(channel: 0)) }
        var dues: [UInt32: Int64] = [:]
        var now = Int64.random(in: 0...10_000, using: &random)
        for _ in 0..<1_000 {
            let session = UInt32.random(in: 1...100, using: &random)
            if random.chance(0.7), dues[session] == nil {
                dues[session] = now + Int64.random(in: 0...longest, using: &random)
                delayed.insert(session, due: dues[session]!, now: now, entries: slab.base)
            }
            let isLate = random.chance(0.05)
            now += Int64.random(in: 0...(isLate ? 5 * longest + 100 : 10), using: &random)
            let announced = delayed.nextDue
            #expect((announced == nil) == dues.isEmpty)
            var taken: ContiguousArray<UInt32> = []
            delayed.due(at: now, entries: slab.base, into: &taken)
            if let announced {
                #expect(taken.isEmpty == (announced > now), "announced for \(announced - now)")
            }
            for session in taken {
                let due = dues.removeValue(forKey: session)
                #expect(due != nil && due! <= now)
            }
            for due in dues.values { #expect(due + Self.bucket > now) }
        }
    }

    @Test func afterAPauseNobodyWaitsLongerThanTheLongestDelay() {
        var delayed = DelayedFlushes(longest: 250)
        let slab = Slab<SessionEntry>(capacity: 3)
        for session in 1...2 { (slab.base + session).initialize(to: SessionEntry(channel: 0)) }
        delayed.insert(1, due: 250, now: 0, entries: slab.base)
        // The first is overdue by far when the second comes.
        delayed.insert(2, due: 1_000_250, now: 1_000_000, entries: slab.base)
        var taken: ContiguousArray<UInt32> = []
        delayed.due(at: 1_000_250 + Self.bucket, entries: slab.base, into: &taken)
        #expect(Set(taken) == [1, 2])
        #expect(delayed.nextDue == nil)
    }
}
