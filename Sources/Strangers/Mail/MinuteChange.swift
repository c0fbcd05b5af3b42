/// The minute of a user's newest location. From the home to the owner, and from there to all shards.
struct MinuteChange: Equatable {
    var user: UInt32
    var generation: UInt32
    var minute: UInt32
}
