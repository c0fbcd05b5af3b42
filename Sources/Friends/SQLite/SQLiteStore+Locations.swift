import Channels
import GRDB
import Geo

extension SQLiteStore: LocationCache {
    func store(_ locations: [UserLocation]) async throws(StoreError) {
        try await write("store locations") { database in
            for location in locations { try database.store(location) }
        }
    }

    func locations(of users: [UserID], now: Int64) async throws(StoreError) -> [UserLocation] {
        let expired = now - locationTTL
        return try await read("locations") { database in
            try users.compactMap { user in
                try database.first(
                    "\(Database.selectLocations) WHERE users.id = ? AND heard_at > ?",
                    [user.string, expired]
                ) { try $0.location(of: user) }
            }
        }
    }

    func locations(heardSince since: Int64) async throws(StoreError) -> [UserLocation] {
        try await read("recent locations") { database in
            try database.all("\(Database.selectLocations) WHERE heard_at >= ?", [since]) { row in
                try row.location(of: row.userID(6))
            }
        }
    }

    func removeLocation(of user: UserID) async throws(StoreError) {
        try await write("remove location", .power, scrub: true) { database in
            guard let number = try database.number(of: user) else { return }
            try database.run("DELETE FROM locations WHERE user = ?", [number])
        }
    }

    func removeExpired(now: Int64) async throws(StoreError) -> Int {
        let expired = now - locationTTL
        return try await write("expire locations") { database in
            try database.run("DELETE FROM locations WHERE heard_at <= ?", [expired])
        }
    }
}

extension Database {
    /// The cached location of a user, live or not.
    func location(of number: Int64, user: UserID) throws -> UserLocation? {
        try first("\(Self.selectLocations) WHERE users.number = ?", [number]) {
            try $0.location(of: user)
        }
    }

    fileprivate static let selectLocations = """
        SELECT lat_e7, lon_e7, ts, locations.epoch, locations.sharing, heard_at, users.id
        FROM locations JOIN users ON users.number = locations.user
        """

    /// Keeps the newest by epoch and `ts`.
    fileprivate func store(_ location: UserLocation) throws {
        try run(
            """
            INSERT INTO locations (user, lat_e7, lon_e7, ts, epoch, sharing, heard_at)
            SELECT number, ?2, ?3, ?4, ?5, ?6, ?7 FROM users WHERE id = ?1 AND standing = ?8
            ON CONFLICT DO UPDATE SET lat_e7 = ?2, lon_e7 = ?3, ts = ?4, epoch = ?5, sharing = ?6,
                heard_at = ?7
            WHERE (excluded.epoch, excluded.ts) > (locations.epoch, locations.ts)
            """,
            [
                location.user.string, location.coordinate.latitudeE7, location.coordinate.longitudeE7,
                location.ts, location.epoch, location.sharing, location.heardAt,
                Standing.active.rawValue,
            ])
    }
}

extension Row {
    fileprivate func location(of user: UserID) throws -> UserLocation {
        UserLocation(
            user: user, coordinate: try coordinate(0), ts: self[2], epoch: epoch(3),
            sharing: self[4] as Int64 != 0, heardAt: self[5])
    }
}
