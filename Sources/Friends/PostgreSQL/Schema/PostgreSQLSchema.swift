/// The tables and how they came to be. A migration that was released is never changed: add another.
///
/// Everything is laid out so that it can be spread over several databases by user: the primary key of every
/// table begins with the number of the user whom the row belongs to, and what concerns two users is stored
/// once on either side. No foreign keys, because the other side may one day be elsewhere; the transactions
/// keep the sides equal by locking both users (``Transaction/lock(_:)``).
enum PostgreSQLSchema {
    /// Each is one version, counted from 1.
    static let migrations = [version1, version2]

    private static let version1 = """
        CREATE SEQUENCE user_numbers;
        CREATE SEQUENCE report_numbers;

        -- `changed` is the last transaction that changed what others may see, 0 if none did. `friends` counts
        -- the friendships, so that the limit costs nothing.
        CREATE TABLE users (
            number bigint PRIMARY KEY,
            changed xid8 NOT NULL DEFAULT '0',
            epoch bigint NOT NULL DEFAULT 0,
            friends integer NOT NULL DEFAULT 0,
            standing smallint NOT NULL,
            sharing boolean NOT NULL DEFAULT true,
            id text COLLATE "C" NOT NULL UNIQUE,
            name text NOT NULL,
            avatar_url text
        );
        CREATE INDEX users_by_change ON users (changed);

        CREATE TABLE friendships (
            user_number bigint,
            friend bigint,
            PRIMARY KEY (user_number, friend)
        );

        -- A request on the side of the one who was asked, and of the one who asks.
        CREATE TABLE requests_received (
            user_number bigint,
            asker bigint,
            hidden boolean NOT NULL,
            PRIMARY KEY (user_number, asker)
        );
        CREATE TABLE requests_made (
            user_number bigint,
            target bigint,
            PRIMARY KEY (user_number, target)
        );

        -- A block on the side of the one who blocks, and of the one who is blocked. The pseudonym is empty for
        -- a block by user id.
        CREATE TABLE blocks (
            user_number bigint,
            blocked bigint,
            sid text COLLATE "C",
            id text COLLATE "C" NOT NULL,
            since bigint NOT NULL,
            PRIMARY KEY (user_number, blocked, sid)
        );
        CREATE UNIQUE INDEX blocks_by_id ON blocks (user_number, id);
        CREATE TABLE blocks_received (
            user_number bigint,
            blocker bigint,
            sid text COLLATE "C",
            PRIMARY KEY (user_number, blocker, sid)
        );

        -- A report on the side of the reported, and of the one who reports.
        CREATE TABLE reports (
            user_number bigint,
            number bigint DEFAULT nextval('report_numbers'),
            reporter bigint,
            at bigint NOT NULL,
            sid text,
            reason text,
            PRIMARY KEY (user_number, number)
        );
        CREATE INDEX reports_by_number ON reports (number);
        CREATE TABLE reports_made (
            user_number bigint,
            number bigint,
            reported bigint NOT NULL,
            PRIMARY KEY (user_number, number)
        );

        -- A cache: emptied when the server crashes, and not written to its log.
        CREATE UNLOGGED TABLE locations (
            user_number bigint PRIMARY KEY,
            ts bigint NOT NULL,
            epoch bigint NOT NULL,
            heard_at bigint NOT NULL,
            lat_e7 integer NOT NULL,
            lon_e7 integer NOT NULL,
            sharing boolean NOT NULL
        );
        CREATE INDEX locations_by_hearing ON locations (heard_at);

        -- In partitions of a day of UTC by `ts`, made ahead; other times are in `history_other`. Rows come
        -- in the order of `heard_at`, for which a few bytes for many pages are index enough.
        CREATE TABLE history (
            user_number bigint,
            ts bigint,
            heard_at bigint NOT NULL,
            lat_e7 integer NOT NULL,
            lon_e7 integer NOT NULL,
            PRIMARY KEY (user_number, ts)
        ) PARTITION BY RANGE (ts);
        CREATE INDEX history_by_hearing ON history USING brin (heard_at) WITH (autosummarize = on);
        CREATE TABLE history_other PARTITION OF history DEFAULT;
        CREATE INDEX history_other_by_ts ON history_other (ts);

        -- One row: older points are not shown, also as long as their partition stands.
        CREATE TABLE history_retention (since bigint NOT NULL);
        INSERT INTO history_retention VALUES (-9223372036854775808);
        """

    private static let version2 = """
        -- What was heard of the user up to `forgotten_at` (milliseconds since the Unix epoch) is not taken any more: its
        -- history was deleted then, and another process may hold points yet. `erased_epoch` is the epoch that the last
        -- erasure gave, 0 if there was none: whoever knows a lower one has missed it.
        ALTER TABLE users ADD COLUMN forgotten_at bigint NOT NULL DEFAULT -9223372036854775808;
        ALTER TABLE users ADD COLUMN erased_epoch bigint NOT NULL DEFAULT 0
        """
}
