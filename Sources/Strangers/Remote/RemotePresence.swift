/// What another process said of a user last, as a home keeps it.
struct RemotePresence {
    var presence: Presence
    /// When it was heard last, monotonic milliseconds.
    var heard: Int64

    /// After this it is forgotten, unless the process says it again: a process that was killed says nothing.
    var end: Int64 {
        heard
            + (presence.kind == .leaving
                ? StrangerLimits.graceMilliseconds : StrangerLimits.presenceMilliseconds)
    }
}
