import Friends

/// The common database as this process sees it.
struct DatabaseFigures: Sendable {
    let pool: PoolCounts
    /// For how long permissions have not been proven, seconds.
    let unproven: Double
    let unreadable: UInt64

    init(_ database: CommonDatabase) {
        pool = database.counts
        unproven = Double(database.unproven) / 1_000
        unreadable = database.unreadableRows
    }

    var metrics: [Metric] {
        [
            Metric(.gauge, "nearby_database_connections", "Connections to the database.", pool.connections),
            Metric(.gauge, "nearby_database_calls_running", "Calls that have a connection.", pool.running),
            Metric(.gauge, "nearby_database_calls_waiting", "Calls that wait for a connection.", pool.waiting),
            Metric(
                .counter, "nearby_database_failures_total", "Calls that the database did not answer.", pool.failures),
            Metric(
                .gauge, "nearby_database_unproven_seconds",
                "For how long it has not been certain that all changes of permissions are known.", unproven),
            Metric(
                .counter, "nearby_database_unreadable_rows_total",
                "Rows passed over because this program cannot read them.", unreadable),
        ]
    }
}
