import Channels
import GRDB
import Geo

extension SQLiteStore: LocationCache {
    func store(_ locations: [UserLocation]) async throws(StoreError) {
        try await write("store locations") { try $0.store(locations) }
    }

    func locations(heardSince since: Int64) async throws(StoreError) -> [UserLocation] {
        try await read("recent locations") { database in
            try database.all("\(Database.selectLocations) WHERE heard_at >= ?", [since]) { row in
                try row.location(of: row.userID(6))
            }
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
    fileprivate func store(_ locations: [UserLocation]) throws {
        let numbers = try activeNumbers(of: Set(locations.map(\.user)))
        var insert = BulkInsert(
            into: "locations", ["user", "lat_e7", "lon_e7", "ts", "epoch", "sharing", "heard_at"],
            onConflict: """
                DO UPDATE SET lat_e7 = excluded.lat_e7, lon_e7 = excluded.lon_e7, ts = excluded.ts,
                    epoch = excluded.epoch, sharing = excluded.sharing, heard_at = excluded.heard_at
                WHERE (excluded.epoch, excluded.ts) > (locations.epoch, locations.ts)
                """)
        for location in locations {
            guard let number = numbers[location.user] else { continue }
            insert.append(
                number, Int64(location.coordinate.latitudeE7), Int64(location.coordinate.longitudeE7),
                location.ts, Int64(location.epoch), location.sharing ? 1 : 0, location.heardAt)
        }
        _ = try insert.run(in: self)
    }
}

extension Row {
    fileprivate func location(of user: UserID) throws -> UserLocation {
        UserLocation(
            user: user, coordinate: try coordinate(0), ts: self[2], epoch: epoch(3),
            sharing: self[4] as Int64 != 0, heardAt: self[5])
    }
}
