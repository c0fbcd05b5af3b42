import Channels
import Friends
import Testing

@Suite struct HistoryWriterTests {
    @Test func aFullBufferDropsAndCounts() async throws {
        let fixture = try await WriterFixture(capacity: 3)
        for ts in 1...3 { #expect(fixture.writer.offer(location("ann", ts: Int64(ts)))) }
        #expect(!fixture.writer.offer(location("ann", ts: 4)))
        #expect(fixture.writer.counts.waiting == 3 && fixture.writer.counts.dropped == 1)
        try await fixture.writer.flush()
        #expect(fixture.writer.offer(location("ann", ts: 5)))
        try await fixture.writer.flush()
        #expect(try await fixture.written("ann") == [1, 2, 3, 5])
        #expect(fixture.writer.counts.written == 4 && fixture.isSettled)
    }

    @Test func aFullBatchIsWrittenAtOnce() async throws {
        let fixture = try await WriterFixture(batch: 4)
        try await fixture.running {
            for ts in 1...4 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
            await fixture.faulty.writes(2)
        }
        #expect(await fixture.faulty.batches == [4])
    }

    @Test func lessThanABatchWaitsForTheInterval() async throws {
        let fixture = try await WriterFixture(batch: 4)
        try await fixture.running {
            await fixture.clock.sleepers(1)
            for ts in 1...3 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
            fixture.clock.advance(by: .milliseconds(999))
            #expect(fixture.writer.counts.waiting == 3)
            fixture.clock.advance(by: .milliseconds(1))
            await fixture.faulty.writes(2)
        }
        #expect(await fixture.faulty.batches == [3])
    }

    @Test func batchesAreNoLargerThanAsked() async throws {
        let fixture = try await WriterFixture(batch: 4)
        for ts in 1...10 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
        try await fixture.writer.flush()
        #expect(await fixture.faulty.batches == [4, 4, 2])
        #expect(try await fixture.written("ann") == Array(1...10))
    }

    @Test func theNewestOfEachUserGoesToTheCache() async throws {
        let fixture = try await WriterFixture()
        let newest = location("ann", ts: 1, epoch: 1, sharing: false)
        for location in [location("ann", ts: 5), newest, location("bob", ts: 2), location("ann", ts: 4)] {
            fixture.writer.offer(location)
        }
        try await fixture.writer.flush()
        let kept = try await cached(["ann", "bob"], in: fixture.stores)
        #expect(kept == [newest, location("bob", ts: 2)])
        #expect(try await fixture.written("ann") == [1, 4, 5])
    }

    @Test func whatIsLeftIsWrittenAtTheStop() async throws {
        let fixture = try await WriterFixture(batch: 4)
        try await fixture.running {
            for ts in 1...3 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
        }
        #expect(try await fixture.written("ann") == [1, 2, 3])
        #expect(fixture.isSettled)
    }

    @Test func aCancelledWriterWritesWhatIsLeftToo() async throws {
        let fixture = try await WriterFixture(batch: 4)
        fixture.writer.offer(location("ann", ts: 1))
        let run = Task { await fixture.writer.run() }
        run.cancel()
        await run.value
        #expect(try await fixture.written("ann") == [1])
    }

    @Test func manyThreadsMayOffer() async throws {
        let fixture = try await WriterFixture(capacity: 10_000, batch: 64)
        try await fixture.running {
            await withTaskGroup { group in
                for task in 0..<8 {
                    group.addTask {
                        for ts in 0..<500 {
                            fixture.writer.offer(location("ann", ts: Int64(task * 500 + ts)))
                        }
                    }
                }
            }
        }
        #expect(try await fixture.written("ann") == Array(0..<4_000))
        #expect(fixture.writer.counts.written == 4_000 && fixture.isSettled)
    }
}
