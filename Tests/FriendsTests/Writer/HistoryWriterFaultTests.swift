import Channels
import Friends
import Testing

@Suite struct HistoryWriterFaultTests {
    /// Three batches are six writes; each of them fails once.
    @Test(arguments: 1...6)
    func oneFailureLosesNothing(n: Int) async throws {
        let fixture = try await WriterFixture(batch: 4) { $0 == n ? .unavailable : nil }
        for ts in 1...12 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
        try await fixture.running {
            // The ticks, and the pause after the failure.
            await fixture.clock.sleepers(2)
            fixture.clock.advance(by: .seconds(5))
            await fixture.faulty.writes(n.isMultiple(of: 2) ? 8 : 7)
        }
        #expect(try await fixture.written("ann") == Array(1...12))
        #expect(fixture.writer.counts.failedBatches == 1)
        #expect(fixture.writer.counts.written == 12 && fixture.isSettled)
        #expect(try await cached(["ann"], in: fixture.stores).map(\.ts) == [12])
    }

    @Test(arguments: 1...6)
    func aStoreThatStaysAwayFillsTheBufferAndNoMore(n: Int) async throws {
        let fixture = try await WriterFixture(capacity: 20, batch: 4) { $0 >= n ? .unavailable : nil }
        for ts in 1...12 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
        try await fixture.running {
            for _ in 1...3 {
                await fixture.clock.sleepers(2)
                fixture.clock.advance(by: .seconds(5))
            }
            await fixture.clock.sleepers(2)
            for ts in 13...40 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
            let counts = fixture.writer.counts
            #expect(counts.waiting == 20 && counts.written + counts.dropped == 20)
            #expect(counts.failedBatches == 4)
            await fixture.faulty.recover()
        }
        let counts = fixture.writer.counts
        #expect(try await fixture.written("ann") == (1...Int64(20 + (n - 1) / 2 * 4)).map(\.self))
        #expect(counts.offered == 40 && counts.dropped == 40 - counts.written && fixture.isSettled)
    }

    @Test func theStopGivesUpOnAStoreThatStaysAway() async throws {
        let fixture = try await WriterFixture { _ in .unavailable }
        fixture.writer.offer(location("ann", ts: 1))
        async let run: Void = fixture.writer.run()
        await fixture.clock.sleepers(1)
        fixture.clock.advance(by: .seconds(1))
        await fixture.clock.sleepers(2)
        fixture.writer.stop()
        for attempt in 1..<HistoryWriter.finalAttempts {
            await fixture.faulty.writes(1 + attempt)
            await fixture.clock.sleepers(1)
            fixture.clock.advance(by: .seconds(5))
        }
        await run
        #expect(fixture.writer.counts.failedBatches == 1 + HistoryWriter.finalAttempts)
        #expect(fixture.writer.counts.dropped == 1 && fixture.isSettled)
    }

    @Test func aBatchThatCanNeverBeWrittenIsDropped() async throws {
        let fixture = try await WriterFixture(batch: 4) { $0 == 1 ? .invalid : nil }
        for ts in 1...8 { fixture.writer.offer(location("ann", ts: Int64(ts))) }
        await expectError(.invalid) { try await fixture.writer.flush() }
        try await fixture.writer.flush()
        #expect(try await fixture.written("ann") == [5, 6, 7, 8])
        #expect(fixture.writer.counts.dropped == 4 && fixture.isSettled)
    }

    @Test func aFailedFlushKeepsWhatWaits() async throws {
        let fixture = try await WriterFixture { $0 == 1 ? .unavailable : nil }
        fixture.writer.offer(location("ann", ts: 1))
        await expectError(.unavailable) { try await fixture.writer.flush() }
        fixture.writer.offer(location("ann", ts: 2))
        try await fixture.writer.flush()
        #expect(await fixture.faulty.batches == [1, 1])
        #expect(try await fixture.written("ann") == [1, 2])
    }
}
