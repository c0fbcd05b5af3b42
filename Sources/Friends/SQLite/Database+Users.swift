import Channels
import GRDB

/// Looking users up and making them, for all the stores.
extension Database {
    /// The number and standing of an id that was ever used or named.
    func standing(of id: UserID) throws -> (number: Int64, standing: Standing)? {
        try first("SELECT number, standing FROM users WHERE id = ?", [id.string]) { row in
            guard let standing = Standing(rawValue: row[1]) else {
                throw StoreError(.unavailable, "a stored standing is damaged")
            }
            return (row[0], standing)
        }
    }

    func number(of id: UserID) throws -> Int64? {
        try standing(of: id)?.number
    }

    /// The number of an active user. Throws `notFound`, `erased`.
    func activeNumber(of id: UserID) throws -> Int64 {
        switch try standing(of: id) {
        case (let number, .active)?: return number
        case (_, .erased)?: throw StoreError(.erased, "user")
        case (_, .reserved)?, nil: throw StoreError(.notFound, "user")
        }
    }

    /// The number of the user, made if there is none. Throws `erased`.
    func activate(_ id: UserID) throws -> Int64 {
        switch try standing(of: id) {
        case (let number, .active)?:
            return number
        case (let number, .reserved)?:
            try run(
                "UPDATE users SET standing = ? WHERE number = ?", [Standing.active.rawValue, number])
            return number
        case (_, .erased)?:
            throw StoreError(.erased, "user")
        case nil:
            return try insert(id, .active)
        }
    }

    /// The number of an id, given now if it has none.
    func reserve(_ id: UserID) throws -> Int64 {
        try number(of: id) ?? insert(id, .reserved)
    }

    private func insert(_ id: UserID, _ standing: Standing) throws -> Int64 {
        try run(
            "INSERT INTO users (id, standing, name, sharing, epoch) VALUES (?, ?, ?, 1, 0)",
            [id.string, standing.rawValue, id.string])
        return lastInsertedRowID
    }
}
