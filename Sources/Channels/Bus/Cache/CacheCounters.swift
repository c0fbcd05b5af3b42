/// What a ``RedisCache`` did since its start. Writes count once a server.
public struct CacheCounters: Sendable, Hashable {
    /// Writes that Redis has taken.
    public internal(set) var stored = 0
    /// Writes that Redis did not take, because it had something newer of the user.
    public internal(set) var outranked = 0
    /// Writes that Redis refused.
    public internal(set) var refused = 0
    /// Writes not taken, because too many waited for the server already.
    public internal(set) var dropped = 0
    /// Writes that went back to waiting, with a lost connection or because the server had forgotten the script.
    public internal(set) var returned = 0
    /// Writes that wait now.
    public internal(set) var waiting = 0
    /// Users asked for.
    public internal(set) var asked = 0
    /// Users that something was found of.
    public internal(set) var found = 0
    /// Users whose server did not answer in time.
    public internal(set) var unknown = 0
    /// Values that were no location, or of a version that this one does not know.
    public internal(set) var malformed = 0
    public internal(set) var reconnects = 0
    public internal(set) var bytesSent = 0
    public internal(set) var bytesReceived = 0
}
