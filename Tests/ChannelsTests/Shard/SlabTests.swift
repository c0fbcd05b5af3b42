import Testing

@testable import Channels

@Suite struct SlabTests {
    @Test func indexesInUseAreDistinctAndNeverZero() {
        var random = SeededRandom(seed: 5)
        var slab = Slab<UInt64>(capacity: 501)
        var inUse: [UInt32: UInt64] = [:]
        for _ in 0..<5_000 {
            if random.chance(0.6) {
                let value = random.next()
                let index = slab.take(value)
                #expect((index == nil) == (inUse.count == 500))
                guard let index else { continue }
                #expect(index != 0 && index < slab.limit && inUse[index] == nil)
                inUse[index] = value
            } else if let index = inUse.keys.min() {
                slab.give(index)
                inUse[index] = nil
            }
            #expect(slab.count == inUse.count)
        }
        for (index, value) in inUse { #expect(slab.base[Int(index)] == value) }
    }

    @Test func oneMoreThanItHoldsIsRefused() {
        var slab = Slab<UInt64>(capacity: 3)
        #expect(slab.take(1) == 1)
        #expect(slab.take(2) == 2)
        #expect(slab.take(3) == nil)
        slab.give(1)
        #expect(slab.take(4) == 1)
    }

    @Test func theEntriesHaveTheirSizes() {
        #expect(MemoryLayout<ChannelEntry>.stride == 64)
        #expect(MemoryLayout<ChannelPosition>.stride == 32)
        #expect(MemoryLayout<SessionEntry>.stride == 128)
        #expect(MemoryLayout<SessionPosition>.stride == 32)
        #expect(MemoryLayout<Subscriber>.stride == 8)
        #expect(MemoryLayout<Follow>.stride == 8)
        #expect(MemoryLayout<FrameItem>.stride == 16)
    }
}
