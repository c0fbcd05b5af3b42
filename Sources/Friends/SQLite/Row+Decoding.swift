import Channels
import GRDB
import Geo

/// From a row to types that cannot hold a wrong value: a damaged file ends in an error, never in a trap.
extension Row {
    func userID(_ column: Int) throws -> UserID {
        try userIDIfAny(column) ?? { throw StoreError(.unavailable, "a stored id is missing") }()
    }

    func userIDIfAny(_ column: Int) throws -> UserID? {
        guard var text: String = self[column] else { return nil }
        guard let id = text.withUTF8({ UserID(utf8: UnsafeRawBufferPointer($0)) }) else {
            throw StoreError(.unavailable, "a stored id is damaged")
        }
        return id
    }

    /// From latitude and longitude in 1e-7 degrees, in two neighbouring columns.
    func coordinate(_ column: Int) throws -> Coordinate {
        let latitude: Int64 = self[column]
        let longitude: Int64 = self[column + 1]
        guard let latitudeE7 = Int32(exactly: latitude), let longitudeE7 = Int32(exactly: longitude),
            let coordinate = Coordinate(latitudeE7: latitudeE7, longitudeE7: longitudeE7)
        else { throw StoreError(.unavailable, "a stored place is damaged") }
        return coordinate
    }

    func standing(_ column: Int) throws -> Standing {
        guard let standing = Standing(rawValue: self[column]) else {
            throw StoreError(.unavailable, "a stored standing is damaged")
        }
        return standing
    }

    func epoch(_ column: Int) -> UInt32 {
        UInt32(clamping: self[column] as Int64)
    }

    /// From ``userColumns``.
    func user() throws -> User {
        User(
            id: try userID(1), number: self[0], name: self[2], avatarURL: self[3],
            sharing: self[4] as Int64 != 0, epoch: epoch(5),
            isErased: try standing(6) == .erased)
    }

    /// The columns that ``user()`` reads, of the table `users`.
    static let userColumns = """
        users.number, users.id, users.name, users.avatar_url, users.sharing, users.epoch, users.standing
        """
}
