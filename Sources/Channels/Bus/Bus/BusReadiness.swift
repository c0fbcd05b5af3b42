/// Whether Redis has acknowledged channels.
public struct BusReadiness: Sendable, Hashable {
    /// Those that it has not: their server is down, the time is over, or they are not subscribed. When a subscribed one
    /// comes after all, ``BusDelegate/busRestored(_:)`` tells.
    public let missing: [BusChannel]

    public var isComplete: Bool { missing.isEmpty }
}
