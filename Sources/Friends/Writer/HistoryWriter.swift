public import Channels
import Synchronization

/// Takes the accepted locations of all event loops, and writes them in batches: all to the history, and the
/// newest of each user to the cache.
///
/// Whoever offers a point never waits. While the stores fail, a batch is tried again and again, the buffer
/// fills, and what no longer fits is dropped and counted.
///
/// Only one task writes at a time, and whoever erases a user takes its turn among them. So a batch that is
/// being written is finished before the user's points are withdrawn, and none of them is written later.
public final class HistoryWriter: Sendable {
    /// How often ``run()`` tries a batch once it was told to stop.
    public static let finalAttempts = 5

    private let stores: Stores
    private let keepsCache: Bool
    private let interval: Duration
    private let clock: any Clock<Duration>
    private let buffer: Mutex<HistoryBuffer>
    private let turnstile = Turnstile()
    /// A batch is full, or the interval is over.
    private let wakeUps: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    /// Ends at ``stop()``.
    private let untilStop: AsyncStream<Never>
    private let endUntilStop: AsyncStream<Never>.Continuation

    /// Holds at most `capacity` points, and writes at most `batch` at once, or what there is every
    /// `interval` of `clock`. Without `keepsCache` the stores' cache is left alone: newest locations are kept elsewhere.
    public init(
        stores: Stores, keepsCache: Bool = true, capacity: Int = StoreLimits.historyBuffer,
        batch: Int = StoreLimits.historyBatch,
        interval: Duration = StoreLimits.historyInterval, clock: any Clock<Duration> = ContinuousClock()
    ) {
        precondition(capacity > 0 && batch > 0, "a writer needs room")
        self.stores = stores
        self.keepsCache = keepsCache
        self.interval = interval
        self.clock = clock
        buffer = Mutex(HistoryBuffer(capacity: capacity, batchSize: batch))
        (wakeUps, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (untilStop, endUntilStop) = AsyncStream.makeStream()
    }

    public var counts: HistoryCounts {
        buffer.withLock { $0.counts }
    }

    /// Takes a point, from any thread, without waiting. Returns `false` if it was dropped: the buffer is full.
    @discardableResult
    public func offer(_ location: UserLocation) -> Bool {
        switch buffer.withLock({ $0.offer(location) }) {
        case .taken, .withdrawn:
            return true
        case .batchFull:
            wake.yield()
            return true
        case .dropped:
            return false
        }
    }

    /// Writes until ``stop()`` or the task's cancellation, and then what is left, for which it tries each
    /// batch ``finalAttempts`` times. To be called once.
    public func run() async {
        await withTaskGroup { group in
            group.addTask { await self.tick() }
            group.addTask { for await _ in self.wakeUps { await self.drain() } }
            for await _ in untilStop {}
            group.cancelAll()
        }
        // A task of its own, because a store may refuse to work for one that was cancelled.
        await Task { await drainFinally() }.value
    }

    /// Lets ``run()`` write what is left and return.
    public func stop() {
        endUntilStop.finish()
    }

    /// Writes what waits now, and throws at the first failure; what was not written waits on.
    public func flush() async throws(StoreError) {
        var left = counts.waiting
        while left > 0 {
            let written = try await writeBatch()
            guard written > 0 else { return }
            left -= written
        }
    }

    /// Erases the user (``UserStore/erase(_:)``) such that no point offered before this returns is written.
    @discardableResult
    public func erase(_ user: UserID) async throws(StoreError) -> UInt32? {
        await bar(user)
        defer { buffer.withLock { $0.readmit(user) } }
        return try await stores.users.erase(user)
    }

    /// Deletes the user's history (``LocationHistory/deletePoints(of:)``) in the same way. The cached
    /// location stays: it is no history.
    public func deleteHistory(of user: UserID) async throws(StoreError) {
        await bar(user)
        defer { buffer.withLock { $0.readmit(user) } }
        try await stores.history.deletePoints(of: user)
    }

    /// Waits until no batch is being written, and withdraws the user's points from all that waits.
    private func bar(_ user: UserID) async {
        await turnstile.enter()
        buffer.withLock { $0.bar(user) }
        turnstile.leave()
    }

    private func tick() async {
        while (try? await clock.sleep(for: interval)) != nil { wake.yield() }
    }

    /// Writes all that waits, however often it takes, unless the task is cancelled.
    private func drain() async {
        var backOff = BackOff()
        while !Task.isCancelled, await tryBatch(&backOff) {}
    }

    private func drainFinally() async {
        var backOff = BackOff()
        while backOff.failures < Self.finalAttempts, await tryBatch(&backOff) {}
        buffer.withLock { $0.dropAll() }
    }

    /// One attempt, after a pause if the last one failed. Returns `false` if nothing waits.
    private func tryBatch(_ backOff: inout BackOff) async -> Bool {
        if backOff.failures > 0 {
            var generator = SystemRandomNumberGenerator()
            guard (try? await clock.sleep(for: backOff.pause(using: &generator))) != nil else { return true }
        }
        do {
            let written = try await writeBatch()
            backOff.succeed()
            return written > 0
        } catch {
            backOff.fail()
            return true
        }
    }

    /// Returns how many points were written, 0 if none waits. A batch that a store will never take is dropped.
    private func writeBatch() async throws(StoreError) -> Int {
        await turnstile.enter()
        defer { turnstile.leave() }
        guard let batch = buffer.withLock({ $0.takeBatch() }) else { return 0 }
        do {
            try await stores.history.append(batch.map(HistoryPoint.init))
            if keepsCache { try await stores.cache.store(batch.newestOfEachUser()) }
        } catch {
            buffer.withLock { $0.finishBatch(error.code == .unavailable ? .failed : .refused) }
            throw error
        }
        buffer.withLock { $0.finishBatch(.written) }
        return batch.count
    }
}
