/// Every limit and default of the stores, in one place.
///
/// Lengths are in bytes of UTF-8, because that is what a store has to hold.
public enum StoreLimits {
    /// Friends of one user.
    public static let maximumFriends = 5_000
    /// Friend requests of one user that nobody has answered yet.
    public static let maximumRequests = 1_000
    /// Blocks made by one user.
    public static let maximumBlocks = 5_000

    /// Bytes of a name; at least one.
    public static let maximumNameLength = 256
    /// Bytes of the address of an avatar.
    public static let maximumAvatarURLLength = 2_048
    /// Bytes of the reason of a report.
    public static let maximumReasonLength = 1_024

    /// How long a cached location counts after the server heard it.
    public static let locationTTL: Duration = .seconds(10 * 60)
    /// How long points of the history are kept.
    public static let historyRetention: Duration = .seconds(30 * 24 * 60 * 60)

    /// Points that wait for the history; what comes beyond is dropped and counted.
    public static let historyBuffer = 200_000
    /// Rows of one transaction of the history.
    public static let historyBatch = 10_000
    /// The longest that a point waits while the store keeps up.
    public static let historyInterval: Duration = .seconds(1)

    /// Friendships or users of one transaction of an import.
    static let importBatch = 250_000
    /// Users whose old points one transaction deletes: short enough for others to write in between.
    static let retentionBatch = 1_000
}
