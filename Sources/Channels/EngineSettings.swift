/// What the engine can be told, in one place.
public struct EngineSettings: Sendable, Equatable {
    /// The most shards of one process: the interest in a user is a mask of 64 bits.
    public static let maximumShards = 64
    /// The most friends a session follows; a slot is a `UInt16`.
    public static let maximumFollows = 5_000
    /// How finely a delayed flush is timed, milliseconds.
    public static let flushBucketMilliseconds: Int64 = 16
    /// The most friends in one page.
    public static let pageSize = 20

    /// After how long without an accepted location a user vanishes, milliseconds, at least 1.
    public var inactivityMilliseconds: Int64
    /// The least time between two frames of one session, milliseconds, 0 for none.
    public var minimumIntervalMilliseconds: Int64

    public init(inactivityMilliseconds: Int64 = 600_000, minimumIntervalMilliseconds: Int64 = 250) {
        precondition(inactivityMilliseconds > 0 && minimumIntervalMilliseconds >= 0)
        self.inactivityMilliseconds = inactivityMilliseconds
        self.minimumIntervalMilliseconds = minimumIntervalMilliseconds
    }
}
