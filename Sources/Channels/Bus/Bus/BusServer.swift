/// How a process stands with one Redis server.
public struct BusServer: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        /// For the first time.
        case connecting
        /// Every connection that the process needs is there.
        case up
        case down(RedisFailure)
    }

    /// ``RedisURL/name``.
    public let name: String
    public let state: State
    /// Since when, milliseconds of the bus' clock. One failure after another is one time down.
    public let since: Int64
}
