import Channels
import Friends

/// A writer on faulty stores, with a clock that the test moves.
struct WriterFixture {
    let stores: Stores
    let faulty: FaultyStore
    let clock = ManualClock()
    let writer: HistoryWriter

    /// With users `ann` and `bob`.
    init(
        capacity: Int = 100, batch: Int = 4,
        fails: @escaping @Sendable (Int) -> StoreError.Code? = { _ in nil }
    ) async throws {
        var stores = Stores.inMemory()
        faulty = FaultyStore(stores, fails: fails)
        _ = try await stores.users.ensure("ann")
        _ = try await stores.users.ensure("bob")
        stores.history = faulty
        stores.cache = faulty
        self.stores = stores
        writer = HistoryWriter(
            stores: stores, capacity: capacity, batch: batch, interval: .seconds(1), clock: clock)
    }

    /// Runs the writer during `body`, stops it and waits for its end.
    func running(_ body: () async throws -> Void) async throws {
        async let run: Void = writer.run()
        try await body()
        writer.stop()
        await run
    }

    /// The `ts` of all points of a user that are in the history.
    func written(_ user: UserID) async throws -> [Int64] {
        try await history(of: user, in: stores).map(\.ts)
    }

    /// Whether every point is accounted for, and nothing waits.
    var isSettled: Bool {
        let counts = writer.counts
        return counts.waiting == 0
            && counts.offered == counts.written + counts.dropped + counts.withdrawn
    }
}
