import Channels
import GRDB

extension Database {
    /// Throws `notFound`, `erased`.
    func export(_ id: UserID) throws -> UserExport {
        let number = try activeNumber(of: id)
        let user = try first("SELECT \(Row.userColumns) FROM users WHERE number = ?", [number]) {
            try $0.user()
        }
        return UserExport(
            user: user!,
            friends: try ids("SELECT friend FROM friendships WHERE user = ?", number),
            requestsMade: try ids("SELECT target FROM requests WHERE asker = ?", number),
            requestsReceived: try ids("SELECT asker FROM requests WHERE target = ? AND NOT hidden", number),
            blocks: try blocks(by: number), reports: try reports(by: number),
            location: try location(of: number, user: id),
            history: try points(of: number, user: id))
    }

    /// The ids of the numbers that `numbers` selects, sorted.
    private func ids(_ numbers: String, _ argument: Int64) throws -> [UserID] {
        try all("SELECT id FROM users WHERE number IN (\(numbers)) ORDER BY id", [argument]) {
            try $0.userID(0)
        }
    }
}
