/// Locks of the database that belong to no row, held until the end of a transaction. Nearby's own numbers, in
/// the database's one space of such locks.
enum AdvisoryLock: Int64 {
    /// Only one process at a time changes the tables.
    case migration = 0x6E65_6172_6279_0001
    /// Only one process at a time makes or drops partitions of the history.
    case partitions = 0x6E65_6172_6279_0002
    /// Shared by those who add locations, exclusive for erasure: none is added for a user whom a transaction
    /// that began later erases.
    case locations = 0x6E65_6172_6279_0003

    var exclusive: Query { Query("SELECT pg_advisory_xact_lock($1)", .int(rawValue)) }
    var shared: Query { Query("SELECT pg_advisory_xact_lock_shared($1)", .int(rawValue)) }
}
