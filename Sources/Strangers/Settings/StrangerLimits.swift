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

    // MARK: Other processes

    /// How often a process says again where a user of its own is, milliseconds.
    public static let refreshMilliseconds: Int64 = 60_000
    /// How long what another process said counts, milliseconds: two refreshes may be lost.
    public static let presenceMilliseconds: Int64 = 150_000
    /// After how long a process says again that a user is here whom another process has withdrawn, milliseconds: by then
    /// it knows if the user stopped sharing.
    public static let reassertMilliseconds: Int64 = 1_000
    /// How long the answer to a roll call waits for others who ask the same, milliseconds.
    public static let rollCallDelay: Int64 = 30
    /// The least time between the ends of one answer and the next for the same cell, milliseconds.
    public static let rollCallPause: Int64 = 1_000
    /// How many users are told in one part of an answer, and how long after it the next comes, milliseconds.
    public static let rollCallPart = 256
    public static let rollCallPartDelay: Int64 = 20
    /// For how long after a cell's channel is heard the first answers are waited for, milliseconds.
    public static let rollCallPatience: Int64 = 250
    /// How long after a channel was lost and is back every process has had the time to say again who is there, milliseconds:
    /// more than the longest pause between two attempts to connect.
    public static let sweepMilliseconds: Int64 = 10_000
    /// How long a cell's channel is kept that nobody needs any more, milliseconds.
    public static let idleCellMilliseconds: Int64 = 10_000
    /// The most cells of precision 4 that one session follows.
    public static let maximumReachCells = 512
    /// The most processes that are remembered for one user.
    public static let maximumProcesses = 16
}
