public import Channels
public import Geo

/// What a process received in one go.
public struct BusBatch: Sendable {
    public internal(set) var states: [BusState] = []
    public internal(set) var records: [BusRecord] = []

    public var isEmpty: Bool { states.isEmpty && records.isEmpty }

    mutating func clear() {
        states.removeAll(keepingCapacity: true)
        records.removeAll(keepingCapacity: true)
    }
}

/// A state received on a user's channel.
public struct BusState: BitwiseCopyable, Sendable, Equatable {
    /// What the process calls the channel: ``BusInterest/tag``.
    public var tag: UInt32
    /// Its `heard` is in the own clock.
    public var state: UserState
}

/// A record received on a cell's channel.
public struct BusRecord: Sendable, Equatable {
    /// What the process calls the channel: ``BusInterest/tag``.
    public var tag: UInt32
    public var cell: Geohash
    public var user: UserID
    /// Its `user` is 0, because that number means nothing in another process; its `heard` is in the own clock.
    public var record: Record
}
