/// How a process stands with the rings in etcd.
public struct RingStatus: Hashable, Sendable {
    /// The servers of the bus, in etcd's order, by name.
    public internal(set) var servers: [String]
    /// The revision of the bus' ring in etcd; 0 while it is that of the settings.
    public internal(set) var revision: Int64 = 0
    /// Good values that replaced others, of both rings.
    public internal(set) var changes = 0
    /// Values that were not taken, of both rings.
    public internal(set) var refusals = 0
    /// Whether etcd answered the last time it was asked.
    public internal(set) var isReachable = true
}
