public import Foundation
public import Observation

/// A client's state for the screen: observable, on the main actor, always the newest.
///
/// ```swift
/// @State private var store = NearbyStore(nearby)
/// var body: some View {
///     List(store.friends) { friend in
///         Text("\(friend.name): \(Int(friend.distance)) m, \(Int(store.age(of: friend))) s ago")
///     }
/// }
/// ```
@MainActor @Observable
public final class NearbyStore {
    /// How often ages move on while somebody is shown, seconds.
    public static let ageStep = 5

    /// Whether there is a connection, and if not, why and what comes next.
    public private(set) var connection: ConnectionState
    /// What the server said of the user and the session; `nil` before the first welcome.
    public private(set) var settings: SessionSettings?
    /// Friends within the radius that were told, nearest first.
    public private(set) var friends: [Friend] = []
    /// How many there are within the radius, told or not.
    public private(set) var total = 0
    /// Whether ``Nearby/more()`` would bring friends.
    public private(set) var hasMore = false
    /// Strangers, and whether they are shown at all.
    public private(set) var strangers = StrangersStatus.off(reason: nil)
    /// What failed last.
    public private(set) var lastError: NearbyError?
    /// By which ages are told; moves on with every change and every ``ageStep`` seconds while somebody is shown.
    public private(set) var now = Date()

    /// The client, for what the app wants of it.
    public nonisolated let nearby: Nearby
    private nonisolated let work = StoreWork()

    /// - Parameter nearby: is neither started nor stopped by the store, which shows it until it is released.
    public init(_ nearby: Nearby) {
        self.nearby = nearby
        connection = ConnectionState(phase: .stopped, reason: nil, code: nil, attempt: 0, retryAt: nil)
        let changes = nearby.changes
        work.add(Task { [weak self] in for await change in changes { self?.take(change) } })
        work.add(
            Task { [weak self] in
                while (try? await Task.sleep(for: .seconds(Self.ageStep))) != nil { self?.growOlder() }
            })
    }

    /// Seconds since a friend was where it is shown; never negative, whatever the clocks say.
    public func age(of friend: Friend) -> TimeInterval {
        max(0, now.timeIntervalSince1970 - Double(friend.fix.timestamp) / 1_000)
    }

    /// Whether a friend's position is so old that it should be shown as such: the friend will vanish soon.
    public func isStale(_ friend: Friend) -> Bool {
        settings.map { age(of: friend) > $0.staleAfter / 2 } ?? false
    }

    /// What is not new is not written, so that nothing is drawn again for it.
    func take(_ change: NearbyChange) {
        let snapshot = change.snapshot
        update(\.connection, snapshot.connection)
        update(\.settings, snapshot.settings)
        update(\.friends, snapshot.friends)
        update(\.total, snapshot.total)
        update(\.hasMore, snapshot.hasMore)
        update(\.strangers, snapshot.strangers)
        if let error = change.errors.last { lastError = error }
        if !friends.isEmpty { now = Date() }
    }

    private func update<Value: Equatable>(_ path: ReferenceWritableKeyPath<NearbyStore, Value>, _ value: Value) {
        if self[keyPath: path] != value { self[keyPath: path] = value }
    }

    private func growOlder() {
        if !friends.isEmpty { now = Date() }
    }
}
