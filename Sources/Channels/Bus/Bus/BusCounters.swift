/// What a ``RedisBus`` did since its start.
public struct BusCounters: Sendable, Hashable {
    // MARK: Publishing: states and records, once a server

    /// Acknowledged by Redis.
    public internal(set) var published = 0
    /// Refused by Redis.
    public internal(set) var refused = 0
    /// Not taken, because too many waited for the server already.
    public internal(set) var dropped = 0
    /// Went back to waiting with a lost connection.
    public internal(set) var returned = 0
    /// Wait now.
    public internal(set) var waiting = 0

    // MARK: Receiving

    /// States and records of other processes.
    public internal(set) var received = 0
    /// Messages that the process had published itself.
    public internal(set) var echoes = 0
    /// Messages that were no messages of the bus.
    public internal(set) var malformed = 0
    /// Messages of a version that this one does not know.
    public internal(set) var unknownVersions = 0

    // MARK: Subscriptions

    /// Channels that are wanted now.
    public internal(set) var subscriptions = 0
    /// Channels that a server was asked for because it came up or because the ring changed.
    public internal(set) var resubscribed = 0
    /// Channels that were told to be restored.
    public internal(set) var restored = 0
    /// Commands to subscribe that Redis refused.
    public internal(set) var subscriptionsRefused = 0

    // MARK: Connections

    /// Connections that came after the first of their kind.
    public internal(set) var reconnects = 0
    public internal(set) var bytesSent = 0
    public internal(set) var bytesReceived = 0
}
