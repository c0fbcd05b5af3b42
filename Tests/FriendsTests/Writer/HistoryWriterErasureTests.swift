import Channels
import Friends
import Testing

@Suite struct HistoryWriterErasureTests {
    @Test func pointsThatWaitAreWithdrawn() async throws {
        let fixture = try await WriterFixture(batch: 4)
        for ts in 1...6 {
            fixture.writer.offer(location("ann", ts: Int64(ts)))
            fixture.writer.offer(location("bob", ts: Int64(ts)))
        }
        #expect(try await fixture.writer.erase("ann") == 1)
        try await fixture.stores.users.put(Profile(id: "ann", name: "Ann again"))
        fixture.writer.offer(location("ann", ts: 7))
        try await fixture.writer.flush()
        #expect(try await fixture.written("ann") == [7])
        #expect(try await fixture.written("bob") == Array(1...6))
        #expect(fixture.writer.counts.withdrawn == 6 && fixture.isSettled)
    }

    /// Write 1 is to the history, write 2 to the cache.
    @Test(arguments: [1, 2])
    func aBatchThatIsBeingWrittenIsFinishedFirst(write: Int) async throws {
        let fixture = try await WriterFixture(batch: 4)
        try await fixture.running { () async throws in
            await fixture.faulty.hold()
            for ts in 1...4 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
            await fixture.faulty.writes(1)
            if write == 2 {
                await fixture.faulty.releaseOne()
                await fixture.faulty.writes(2)
            }
            async let erased = fixture.writer.erase("ann")
            await fixture.faulty.release()
            #expect(try await erased == 1)
            #expect(try await fixture.written("ann") == [])
        }
        try await fixture.stores.users.put(Profile(id: "ann", name: "Ann again"))
        try await fixture.writer.flush()
        #expect(try await fixture.written("ann") == [])
        #expect(try await cached(["ann"], in: fixture.stores) == [])
    }

    @Test func aBatchThatFailedIsTriedWithoutTheUser() async throws {
        let fixture = try await WriterFixture(batch: 4) { $0 == 1 ? .unavailable : nil }
        for ts in 1...3 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
        fixture.writer.offer(location("bob", ts: 1))
        await expectError(.unavailable) { try await fixture.writer.flush() }
        try await fixture.writer.deleteHistory(of: "ann")
        fixture.writer.offer(location("bob", ts: 2))
        try await fixture.writer.flush()
        #expect(try await fixture.written("ann") == [])
        #expect(try await fixture.written("bob") == [1, 2])
        #expect(fixture.isSettled)
    }

    @Test func aDeletedHistoryMayGrowAgain() async throws {
        let fixture = try await WriterFixture()
        fixture.writer.offer(location("ann", ts: 1))
        try await fixture.writer.flush()
        fixture.writer.offer(location("ann", ts: 2))
        try await fixture.writer.deleteHistory(of: "ann")
        fixture.writer.offer(location("ann", ts: 3))
        try await fixture.writer.flush()
        #expect(try await fixture.written("ann") == [3])
        #expect(try await cached(["ann"], in: fixture.stores).map(\.ts) == [3])
    }

    @Test func pointsOfferedDuringADeletionAreWithdrawn() async throws {
        let fixture = try await WriterFixture()
        await fixture.faulty.hold()
        async let deleted: Void = fixture.writer.deleteHistory(of: "ann")
        await fixture.faulty.writes(1)
        #expect(fixture.writer.offer(location("ann", ts: 1)))
        #expect(fixture.writer.offer(location("bob", ts: 1)))
        await fixture.faulty.release()
        try await deleted
        try await fixture.writer.flush()
        #expect(try await fixture.written("ann") == [])
        #expect(try await fixture.written("bob") == [1])
        #expect(fixture.writer.counts.withdrawn == 1 && fixture.isSettled)
    }

    @Test func aFailedDeletionLetsTheUserBackIn() async throws {
        let fixture = try await WriterFixture { $0 == 1 ? .unavailable : nil }
        await expectError(.unavailable) { try await fixture.writer.deleteHistory(of: "ann") }
        fixture.writer.offer(location("ann", ts: 1))
        try await fixture.writer.flush()
        #expect(try await fixture.written("ann") == [1])
    }
}
