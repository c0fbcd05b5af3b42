/// What a link tells, on the loop.
///
/// Closures, so that a generic owner's way of a reply is compiled for what it is.
struct RedisLinkEvents {
    /// The server has accepted the credentials; milliseconds since the Unix epoch by its clock.
    var opened: (Int64) -> Void
    /// The connection is lost, or an attempt to get one failed.
    var failed: (RedisFailure) -> Void
    /// What a server says to a subscriber; all answers of a connection for commands.
    var received: (borrowing RESPReply) -> Void
    /// Everything that had come is handed over.
    var paused: () -> Void
    /// There is room again for what waits.
    var becameWritable: () -> Void = {}
}
