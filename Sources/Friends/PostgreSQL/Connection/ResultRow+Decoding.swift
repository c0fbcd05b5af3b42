import Channels
import Geo

/// From a row to types that cannot hold a wrong value: a damaged table ends in an error, never in a trap.
extension ResultRow {
    func userID(_ column: Int) throws(StoreError) -> UserID {
        guard let id = try userIDIfAny(column) else { throw StoreError(.unavailable, "a stored id is missing") }
        return id
    }

    func userIDIfAny(_ column: Int) throws(StoreError) -> UserID? {
        guard let bytes = bytes(column) else { return nil }
        guard let id = UserID(utf8: bytes) else { throw StoreError(.unavailable, "a stored id is damaged") }
        return id
    }

    /// From latitude and longitude in 1e-7 degrees, in two neighbouring columns.
    func coordinate(_ column: Int) throws(StoreError) -> Coordinate {
        guard let latitudeE7 = Int32(exactly: int(column)), let longitudeE7 = Int32(exactly: int(column + 1)),
            let coordinate = Coordinate(latitudeE7: latitudeE7, longitudeE7: longitudeE7)
        else { throw StoreError(.unavailable, "a stored place is damaged") }
        return coordinate
    }

    func standing(_ column: Int) throws(StoreError) -> Standing {
        guard let standing = Standing(rawValue: int(column)) else {
            throw StoreError(.unavailable, "a stored standing is damaged")
        }
        return standing
    }

    func epoch(_ column: Int) -> UInt32 { UInt32(clamping: int(column)) }

    /// From ``userColumns``.
    func user() throws(StoreError) -> User {
        User(
            id: try userID(1), number: int(0), name: text(2), avatarURL: textIfAny(3), sharing: flag(4),
            epoch: epoch(5), isErased: try standing(6) == .erased)
    }

    /// The columns that ``user()`` reads, of the table `users`.
    static let userColumns = """
        users.number, users.id, users.name, users.avatar_url, users.sharing, users.epoch, users.standing
        """
    static let userColumnCount = 7
}
