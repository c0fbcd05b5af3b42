import Channels
import GRDB

/// Looking users up and making them, for all the stores.
extension Database {
    /// The number and standing of an id that was ever used or named.
    func standing(of id: UserID) throws -> (number: Int64, standing: Standing)? {
        try standings(of: [id])[id]
    }

    /// The same of many; ids that were never used nor named are left out.
    func standings(of ids: Set<UserID>) throws -> [UserID: (number: Int64, standing: Standing)] {
        let found = try all("SELECT id, number, standing FROM users WHERE id IN", of: ids) { row in
            (try row.userID(0), (number: row[1] as Int64, standing: try row.standing(2)))
        }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
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

    /// The numbers of those that exist and are not erased.
    func activeNumbers(of ids: Set<UserID>) throws -> [UserID: Int64] {
        try standings(of: ids).filter { $0.value.standing == .active }.mapValues(\.number)
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
