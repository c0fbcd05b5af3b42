/// A user must not be among strangers now. To the user's home, and from there to the shards of its sessions.
struct Suspension: Equatable {
    var user: UInt32
    var reason: StrangerEnd
    /// Whether it happened at another process.
    var isHeard = false
}
