/// A point in time by two clocks, both in milliseconds.
struct Moment: Hashable, Sendable {
    /// Never goes back and runs on while the machine sleeps; for everything that is waited for.
    var uptime: Int64
    /// Since the Unix epoch, as the device has it; for what is said to others. May jump.
    var wall: Int64
}
