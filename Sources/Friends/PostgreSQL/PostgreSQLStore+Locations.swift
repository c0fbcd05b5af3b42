import Channels
import Geo

extension PostgreSQLStore: LocationCache {
    func store(_ locations: [UserLocation]) async throws(StoreError) {
        let newest = locations.newestOfEachUser()
        try await write("store locations") { $0.store(newest) }
    }

    func locations(heardSince since: Int64) async throws(StoreError) -> [UserLocation] {
        try await snapshot("recent locations", bulk: true) { transaction in
            try transaction.rows(Query("\(Query.selectLocations) WHERE heard_at >= $1", .int(since)))
                .map { try $0.location() }
        }
    }

    func removeExpired(now: Int64) async throws(StoreError) -> Int {
        try await write("expire locations", bulk: true) { [locationTTL] in
            try $0.rows(
                Query(
                    "DELETE FROM locations WHERE heard_at <= least($1, \(Query.now)) - $2", .int(now), .int(locationTTL)
                )
            ).changed
        }
    }
}

extension Query {
    static let selectLocations = """
        SELECT users.id, lat_e7, lon_e7, ts, locations.epoch, locations.sharing, heard_at
        FROM locations JOIN users ON users.number = locations.user_number
        """

    static func location(of user: UserID) -> Query {
        Query("\(selectLocations) WHERE users.id = $1", .id(user))
    }
}

extension ResultRow {
    /// From ``Query/selectLocations``.
    func location() throws(StoreError) -> UserLocation {
        UserLocation(
            user: try userID(0), coordinate: try coordinate(1), ts: int(3), epoch: epoch(4), sharing: flag(5),
            heardAt: int(6))
    }
}

extension Transaction {
    /// Keeps the newest by epoch and `ts`. Each user stands once in `locations`.
    fileprivate func store(_ locations: [UserLocation]) {
        later(AdvisoryLock.locations.shared)
        later(
            Query(
                """
                INSERT INTO locations (user_number, lat_e7, lon_e7, ts, epoch, sharing, heard_at)
                SELECT number, new.lat_e7, new.lon_e7, new.ts, new.epoch, new.sharing, new.heard_at
                FROM unnest($1::text[], $2::integer[], $3::integer[], $4::bigint[], $5::bigint[], $6::boolean[],
                    $7::bigint[]) AS new (id, lat_e7, lon_e7, ts, epoch, sharing, heard_at)
                JOIN users ON users.id = new.id AND standing = \(Standing.active.rawValue)
                    AND new.heard_at > forgotten_at
                ORDER BY number
                ON CONFLICT (user_number) DO UPDATE SET lat_e7 = excluded.lat_e7, lon_e7 = excluded.lon_e7,
                    ts = excluded.ts, epoch = excluded.epoch, sharing = excluded.sharing,
                    heard_at = excluded.heard_at
                WHERE (excluded.epoch, excluded.ts) > (locations.epoch, locations.ts)
                """, .ids(locations.map(\.user)), .ints(locations.map(\.coordinate.latitudeE7)),
                .ints(locations.map(\.coordinate.longitudeE7)), .ints(locations.map(\.ts)),
                .ints(locations.map(\.epoch)), .flags(locations.map(\.sharing)),
                .ints(locations.map(\.heardAt))))
    }
}
