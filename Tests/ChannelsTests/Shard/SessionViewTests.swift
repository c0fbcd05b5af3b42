import Geo
import Testing

@testable import Channels

/// Where the bits and follows of a session lie, at the sizes where it changes.
@Suite struct SessionViewTests {
    private static let capacities = [1, 4, 64, 65, 512, 513, 5_000]

    @Test(arguments: capacities) func bitmapsAndFollowsDoNotOverlap(capacity: Int) throws {
        let size = SessionView.blockSize(capacity: capacity)
        let entry = UnsafeMutablePointer<SessionEntry>.allocate(capacity: 1)
        entry.initialize(to: SessionEntry(channel: 9))
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        defer {
            block.deallocate()
            entry.deallocate()
        }
        block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        entry.pointee.block = block
        entry.pointee.slotCount = UInt16(capacity)
        entry.pointee.slotCapacity = UInt16(capacity)
        let view = try #require(SessionView(entry))
        #expect(view.slotCount == capacity)
        #expect(view.wordCount == (capacity + 63) / 64)
        for word in 0..<view.wordCount {
            view.shown[word] = 0x1111 &* UInt64(word + 1)
            view.dirty[word] = 0x2222 &* UInt64(word + 1)
        }
        for slot in 0..<capacity { view.follows[slot] = Follow(channel: UInt32(slot), back: 3, flags: 1) }
        for word in 0..<view.wordCount {
            #expect(view.shown[word] == 0x1111 &* UInt64(word + 1))
            #expect(view.dirty[word] == 0x2222 &* UInt64(word + 1))
        }
        #expect(entry.pointee.channel == 9 && entry.pointee.block == block)
        let isInline = capacity <= SessionEntry.inlineDirtyBits
        #expect((UnsafeMutableRawPointer(view.dirty) - UnsafeMutableRawPointer(entry) == 64) == isInline)
        #expect(UnsafeMutableRawPointer(view.follows + capacity) - block == size)
    }

    @Test func withoutABlockThereIsNoView() {
        let entry = UnsafeMutablePointer<SessionEntry>.allocate(capacity: 1)
        entry.initialize(to: SessionEntry(channel: 0))
        defer { entry.deallocate() }
        #expect(SessionView(entry) == nil)
    }

    /// Every friend is heard at every size, in one frame and one by one.
    @Test(arguments: [0, 1, 64, 512, 513, 5_000]) func everyFollowHasItsOwnBit(count: Int) {
        let stage = Stage()
        let friends = (0..<count).map { stage.person(100 + $0) }
        let (session, page) = stage.open(stage.person(1), friends: friends)
        #expect(page.total == 0)
        for friend in friends { stage.locate(friend, at: 10) }
        let all = stage.frames()
        #expect(all.count == min(count, 1))
        #expect(Set(all.flatMap(\.items).map(\.user)) == Set(friends))
        for friend in [friends.first, friends.last].compactMap(\.self) {
            stage.now += 1
            stage.locate(friend, at: 11)
            #expect(
                stage.frames() == [
                    .init(
                        session: session, items: [.init(user: friend, kind: .shown, timestamp: stage.now)],
                        total: nil)
                ])
        }
        stage.now += 1
        stage.shard.publish(session, Stage.place(50_000), timestamp: stage.now, now: stage.now)
        let gone = stage.frames().flatMap(\.items)
        #expect(gone.count == count && gone.allSatisfy { $0.kind == .outOfRange })
    }

    /// One friend after the other, with marks standing while the block moves.
    @Test func growingKeepsWhatIsShownAndWhatIsDirty() {
        let stage = Stage(interval: 250)
        let session = stage.open(stage.person(1), friends: []).session
        var random = SeededRandom(seed: 8)
        var expected: Set<UserIndex> = []
        for number in 0..<1_200 {
            let friend = stage.person(100 + number)
            stage.locate(friend, at: random.chance(0.5) ? 10 : 5_000)
            if stage.engine.users.state(of: friend)?.coordinate == Stage.place(10) { expected.insert(friend) }
            stage.shard.follow(session, friend, now: stage.now)
            if number % 100 == 50 { stage.pass(300) }
        }
        stage.pass(300)
        let items = stage.sink.take().flatMap(\.items)
        #expect(items.count == expected.count)
        #expect(Set(items.map(\.user)) == expected)
        stage.now += 1
        stage.shard.setRadius(session, Radius(metres: 5)!, now: stage.now)
        stage.pass(300)
        let gone = stage.sink.take()
        #expect(Set(gone.flatMap(\.items).map(\.user)) == expected)
        #expect(gone.last?.total == 0)
    }
}
