import GRDB

/// The tables and how they came to be. A migration that was released is never changed: add another.
///
/// Rows refer to users by number: it is short, so that indexes are dense, and it outlives erasure.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 users, friends, blocks, reports, locations") { database in
            try database.execute(sql: version1)
        }
        return migrator
    }

    private static let version1 = """
        CREATE TABLE users (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            standing INTEGER NOT NULL,
            name TEXT NOT NULL,
            avatar_url TEXT,
            sharing INTEGER NOT NULL,
            epoch INTEGER NOT NULL
        ) STRICT;

        -- Each friendship twice, so that one range holds all friends of a user.
        CREATE TABLE friendships (
            user INTEGER NOT NULL REFERENCES users,
            friend INTEGER NOT NULL REFERENCES users,
            PRIMARY KEY (user, friend)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE requests (
            target INTEGER NOT NULL REFERENCES users,
            asker INTEGER NOT NULL REFERENCES users,
            hidden INTEGER NOT NULL,
            PRIMARY KEY (target, asker)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX requests_by_asker ON requests (asker);

        -- The pseudonym is empty for a block by user id.
        CREATE TABLE blocks (
            blocker INTEGER NOT NULL REFERENCES users,
            blocked INTEGER NOT NULL REFERENCES users,
            sid TEXT NOT NULL,
            id TEXT NOT NULL UNIQUE,
            since INTEGER NOT NULL,
            PRIMARY KEY (blocker, blocked, sid)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX blocks_by_blocked ON blocks (blocked);

        CREATE TABLE reports (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            reporter INTEGER REFERENCES users,
            reported INTEGER NOT NULL REFERENCES users,
            sid TEXT,
            reason TEXT,
            at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX reports_by_reporter ON reports (reporter);

        CREATE TABLE locations (
            user INTEGER PRIMARY KEY REFERENCES users,
            lat_e7 INTEGER NOT NULL,
            lon_e7 INTEGER NOT NULL,
            ts INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            sharing INTEGER NOT NULL,
            heard_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE history (
            user INTEGER NOT NULL REFERENCES users,
            ts INTEGER NOT NULL,
            lat_e7 INTEGER NOT NULL,
            lon_e7 INTEGER NOT NULL,
            heard_at INTEGER NOT NULL,
            PRIMARY KEY (user, ts)
        ) STRICT, WITHOUT ROWID;
        """
}
