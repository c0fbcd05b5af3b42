/// The time, as the caller reads it from its clocks.
public struct Moment: Equatable, Sendable, BitwiseCopyable {
    /// Milliseconds that never go back; the zero is the caller's.
    public var monotonic: Int64
    /// Milliseconds since the Unix epoch.
    public var wall: Int64

    public init(monotonic: Int64, wall: Int64) {
        self.monotonic = monotonic
        self.wall = wall
    }
}
