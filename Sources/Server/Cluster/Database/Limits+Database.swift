/// Limits of a server whose database is elsewhere.
extension Limits {
    /// For how long a start waits for the database: whoever starts everything at once starts it, too.
    static let databaseStartTime: Duration = .seconds(30)
    /// For how long a `hello` waits for the database, which is then being restarted, perhaps.
    static let helloPatience: Duration = .seconds(5)
    /// The pauses between its attempts, milliseconds.
    static let databasePause = 100...400
    /// For how long sessions go on with what is known of their permissions while nobody can prove that it still holds,
    /// milliseconds.
    static let unprovenMilliseconds: Int64 = 30_000
    /// When clients whose sessions ended because of that are to come back, milliseconds.
    static let unprovenReturn: ClosedRange<Int64> = 2_000...12_000
    /// For how long a change waits for those before it, if the database hangs. With the time of a call itself
    /// (``PostgreSQLSettings/callTimeout``) these are the ten seconds after which it is answered at the latest.
    static let changePatience: Duration = .seconds(5)
    /// How often it is looked at how old the proof is.
    static let proofCheck: Duration = .seconds(1)
    /// Changed users that are read again while own changes wait.
    static let changesAtOnce = 500
    /// The same for the accounts of those who have sessions, each with all friends.
    static let relationsAtOnce = 100
    /// With more changed users at once than this, other changes do not wait behind their accounts.
    static let fewChanges = 20
}
