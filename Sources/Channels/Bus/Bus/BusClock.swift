internal import NIOCore

/// The clock that states are heard by.
public enum BusClock {
    /// Milliseconds of the system's monotonic clock.
    public static let system: @Sendable () -> Int64 = { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) }
}
