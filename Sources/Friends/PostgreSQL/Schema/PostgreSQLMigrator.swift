/// Brings the tables up to date, also when several processes start at once.
struct PostgreSQLMigrator {
    let migrations: [String]

    init(_ migrations: [String] = PostgreSQLSchema.migrations) {
        self.migrations = migrations
    }

    /// Runs what is missing, all in one transaction. Throws ``StoreError/Code/unavailable`` for tables that a
    /// newer program made.
    func run(on connection: PostgreSQLConnection, within timeLimit: Duration) throws {
        try Transaction.run(.change, on: connection, statementTimeout: timeLimit) { transaction in
            transaction.later(AdvisoryLock.migration.exclusive)
            transaction.later(
                Query(
                    once: """
                        CREATE TABLE IF NOT EXISTS nearby_schema (
                            version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())
                        """))
            let version = Int(try transaction.rows(Query("SELECT max(version) FROM nearby_schema")).first!.int(0))
            guard version <= migrations.count else {
                throw StoreError(.unavailable, "migrate: the tables are newer than this program")
            }
            for next in migrations.indices.dropFirst(version) { apply(next, in: transaction) }
        }
    }

    private func apply(_ index: Int, in transaction: Transaction) {
        // One by one, as the protocol wants it.
        for statement in migrations[index].split(separator: ";\n") { transaction.later(Query(once: String(statement))) }
        transaction.later(Query("INSERT INTO nearby_schema (version) VALUES ($1)", .int(index + 1)))
    }
}
