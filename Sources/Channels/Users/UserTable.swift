public import Geo
import Synchronization

/// All users that this process ever heard of: their ids, newest states, and which shards follow
/// them. Shared by all shards.
///
/// An entry is made for an id once and stays; it costs about 100 bytes. The order that makes
/// nothing fall between two threads: who publishes writes the state and *then* reads the interest; who
/// subscribes sets the interest and *then* reads the state.
public final class UserTable: Sendable {
    private let directory: [Directory]
    private let stripes: [Stripe]
    private let chunks: Chunks
    private let next = Atomic<UInt32>(1)
    private let believesOthers: Bool

    private static let directoryCount = 64
    private static let stripeCount = 256

    /// - Parameter believesOthers: whether another process' word is enough to show a user. Where all processes ask one
    ///   store it is not: then it can hide a user, and whom to show only ``setSharing(_:_:epoch:)`` says.
    public init(believesOthers: Bool = true) {
        self.believesOthers = believesOthers
        directory = (0..<Self.directoryCount).map { _ in Directory() }
        stripes = (0..<Self.stripeCount).map { _ in Stripe() }
        chunks = Chunks()
    }

    /// How many users were ever heard of.
    public var count: Int { Int(next.load(ordering: .relaxed)) - 1 }

    // MARK: Ids

    /// The user's index, made on first use. Any thread; about 60 ns.
    public func index(of id: UserID) -> UserIndex {
        directory[slot(of: id)].indexes.withLock { indexes in
            if let index = indexes[id] { return index }
            let index = next.add(1, ordering: .relaxed).oldValue
            chunks.make(index, id: id)
            indexes[id] = index
            return index
        }
    }

    /// The user's index, or `nil` if nobody has asked for it yet. Any thread.
    public func knownIndex(of id: UserID) -> UserIndex? {
        directory[slot(of: id)].indexes.withLock { $0[id] }
    }

    /// The id of a user that this table gave an index. Any thread, no lock.
    public func id(of user: UserIndex) -> UserID { chunks.id(user).pointee }

    private func slot(of id: UserID) -> Int {
        Int(truncatingIfNeeded: UInt(bitPattern: id.hashValue) % UInt(Self.directoryCount))
    }

    // MARK: States

    /// The newest state, or `nil` if no location was ever accepted. Any thread.
    public func state(of user: UserIndex) -> UserState? {
        let state = read(user)
        return state.flags.contains(.located) ? state : nil
    }

    /// The state of a user who does not share or was erased, or `nil`. Any thread.
    public func tombstone(of user: UserIndex) -> UserState? {
        let state = read(user)
        return state.flags.contains(.sharing) ? nil : state
    }

    /// Takes a location if its `timestamp` is newer than the last accepted one and the user is not erased.
    ///
    /// - Returns: the new state, or `nil` if the location is ignored.
    public func accept(
        _ user: UserIndex, _ coordinate: Coordinate, timestamp: Int64, heard: Int64
    ) -> UserState? {
        withState(user) { state in
            guard timestamp > state.timestamp, !state.flags.contains(.erased) else { return nil }
            state.coordinate = coordinate
            state.timestamp = timestamp
            state.heard = heard
            state.flags.insert(.located)
            return state
        }
    }

    /// Sets whether the user shares, if `epoch` is newer than the one known. Brings an erased user back.
    ///
    /// - Returns: the new state, or `nil` if a newer change is known already.
    public func setSharing(_ user: UserIndex, _ sharing: Bool, epoch: UInt32) -> UserState? {
        withState(user) { state in
            guard epoch > state.epoch else { return nil }
            state.epoch = epoch
            state.flags.remove(.erased)
            if sharing { state.flags.insert(.sharing) } else { state.flags.remove(.sharing) }
            return state
        }
    }

    /// The epoch and sharing of a user as last set.
    public func sharing(of user: UserIndex) -> (epoch: UInt32, sharing: Bool) {
        let state = read(user)
        return (state.epoch, state.flags.contains(.sharing))
    }

    /// Whether the user was erased, as far as was told, and not made again.
    public func isErased(_ user: UserIndex) -> Bool { read(user).flags.contains(.erased) }

    /// Forgets the location and raises the epoch: what was published before can never come back.
    public func erase(_ user: UserIndex, epoch: UInt32) -> UserState {
        withState(user) { state in
            let raised = max(epoch, state.epoch == .max ? .max : state.epoch + 1)
            state = UserState.unknown
            state.epoch = raised
            state.flags = [.erased]
            return state
        }
    }

    /// Takes what another process knows, unless something as new is known here.
    ///
    /// - Returns: the new state, or `nil` if nothing is news.
    func merge(_ other: UserState, of user: UserIndex) -> UserState? {
        withState(user) { state in
            guard other.isNewer(thanEpoch: state.epoch, timestamp: state.timestamp) else { return nil }
            let before = state
            if believesOthers { state = other } else { state.join(other) }
            return state == before ? nil : state
        }
    }

    /// Puts back what a store remembers, unless something newer is known. Before anyone follows the user: shards are
    /// not told.
    public func restore(_ user: UserIndex, _ stored: UserState) {
        withState(user) { state in
            if stored.isNewer(thanEpoch: state.epoch, timestamp: state.timestamp) { state = stored }
        }
    }

    func read(_ user: UserIndex) -> UserState {
        withState(user) { $0 }
    }

    private func withState<T>(_ user: UserIndex, _ body: (inout UserState) -> T) -> T {
        stripes[Int(user) % Self.stripeCount].lock.withLock { _ in body(&chunks.state(user).pointee) }
    }

    // MARK: Interest

    /// The shards that follow the user, one bit each. No lock.
    func interest(in user: UserIndex) -> UInt64 {
        chunks.interest(user).pointee.load(ordering: .sequentiallyConsistent)
    }

    func addInterest(in user: UserIndex, shard: Int) {
        chunks.interest(user).pointee.bitwiseOr(1 << UInt64(shard), ordering: .sequentiallyConsistent)
    }

    func removeInterest(in user: UserIndex, shard: Int) {
        chunks.interest(user).pointee.bitwiseAnd(~(1 << UInt64(shard)), ordering: .sequentiallyConsistent)
    }
}

private final class Directory: Sendable {
    let indexes = Mutex<[UserID: UserIndex]>([:])
}

private final class Stripe: Sendable {
    let lock = Mutex<Void>(())
}
