/// The fixed limits of the room, each with its unit. What an operator may set is in ``StrangerSettings``.
public enum StrangerLimits {
    /// The finest precision that a stranger may ever be told: cells of about 1.2 by 0.6 km.
    public static let finestPrecision = 6
    /// The coarsest precision that is published or routed by: cells of about 39 by 20 km.
    public static let coarsestPrecision = 4
    /// The greatest number of shards: a set of shards is a mask of 64 bits.
    public static let maximumShards = 64
    /// The greatest number of a user: it shares one AES block with the observer's.
    public static let maximumUserNumber: Int64 = 1 << 40 - 1
    /// How long a user stays published after its last session with strangers closed, milliseconds.
    public static let graceMilliseconds: Int64 = 60_000
    /// How long a pseudonym lasts, milliseconds.
    public static let pseudonymMilliseconds: Int64 = 15 * 60_000
    /// For how many pseudonym lifetimes (24 hours) a pseudonym can still be blocked or reported.
    public static let resolvableLifetimes: Int64 = 96
    /// How far past the edge of its cell someone has to be to leave it, as a share of the cell's size.
    public static let hysteresis = 0.1
    /// The least time between two minutes that are told of one user, milliseconds.
    public static let minuteMilliseconds: Int64 = 60_000
}
