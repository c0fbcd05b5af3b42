import Channels
import Friends

/// A history and a cache on top of real ones, whose calls to write fail or wait as a test wants.
///
/// Writes are counted from 1 over both.
actor FaultyStore {
    private let stores: Stores
    private var fails: @Sendable (Int) -> StoreError.Code?
    private var writes = 0
    private var isHeld = false
    private var held: [CheckedContinuation<Void, Never>] = []
    private var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    /// The number of points of each batch that the history took.
    private(set) var batches: [Int] = []

    init(_ stores: Stores, fails: @escaping @Sendable (Int) -> StoreError.Code? = { _ in nil }) {
        self.stores = stores
        self.fails = fails
    }

    func recover() { fails = { _ in nil } }

    /// Lets every write wait until ``release()``.
    func hold() { isHeld = true }

    func release() {
        isHeld = false
        releaseOne()
    }

    /// Lets those that wait go on, but not the next.
    func releaseOne() {
        for continuation in held { continuation.resume() }
        held = []
    }

    /// Waits until so many writes began.
    func writes(_ count: Int) async {
        if writes >= count { return }
        await withCheckedContinuation { watchers.append((count, $0)) }
    }

    private func write() async throws(StoreError) {
        writes += 1
        let number = writes
        for watcher in watchers where watcher.count <= number { watcher.continuation.resume() }
        watchers.removeAll { $0.count <= number }
        if isHeld { await withCheckedContinuation { held.append($0) } }
        if let code = fails(number) { throw StoreError(code, "faulty") }
    }
}

extension FaultyStore: LocationHistory {
    func append(_ points: [HistoryPoint]) async throws(StoreError) {
        try await write()
        try await stores.history.append(points)
        batches.append(points.count)
    }

    func points(of user: UserID, from: Int64, to: Int64, limit: Int, after: Int64?)
        async throws(StoreError) -> Page<HistoryPoint>
    {
        try await stores.history.points(of: user, from: from, to: to, limit: limit, after: after)
    }

    func latestPoints(heardSince since: Int64) async throws(StoreError) -> [HistoryPoint] {
        try await stores.history.latestPoints(heardSince: since)
    }

    func deletePoints(of user: UserID) async throws(StoreError) {
        try await write()
        try await stores.history.deletePoints(of: user)
    }

    func deletePoints(olderThan age: Duration, now: Int64) async throws(StoreError) -> Int {
        try await stores.history.deletePoints(olderThan: age, now: now)
    }
}

extension FaultyStore: LocationCache {
    func store(_ locations: [UserLocation]) async throws(StoreError) {
        try await write()
        try await stores.cache.store(locations)
    }

    func locations(heardSince since: Int64) async throws(StoreError) -> [UserLocation] {
        try await stores.cache.locations(heardSince: since)
    }

    func removeExpired(now: Int64) async throws(StoreError) -> Int {
        try await stores.cache.removeExpired(now: now)
    }
}
