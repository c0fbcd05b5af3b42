import Channels
import GRDB

/// One transaction of an import: looks up every user and counts its friends once.
struct FriendshipImport {
    private(set) var summary = ImportSummary()
    private let database: Database
    /// `nil` for an erased user.
    private var numbers: [UserID: Int64?] = [:]
    private var friendCounts: [Int64: Int] = [:]
    /// Accepted, each in both directions.
    private var rows: [Row] = []

    private struct Row: Hashable, Comparable {
        let user, friend: Int64

        static func < (a: Row, b: Row) -> Bool { (a.user, a.friend) < (b.user, b.friend) }
    }

    init(_ database: Database) {
        self.database = database
    }

    /// Decides in the given order, then inserts in the order of the key, which touches every page once.
    mutating func add(_ pairs: some Sequence<Friendship>) throws {
        var seen: Set<Row> = []
        for pair in pairs {
            guard pair.a != pair.b, let a = try number(of: pair.a), let b = try number(of: pair.b) else {
                summary.refused += 1
                continue
            }
            let isNew = try seen.insert(Row(user: min(a, b), friend: max(a, b))).inserted
                && !database.areFriends(a, b)
            try isNew ? accept(a, b) : (summary.existed += 1)
        }
        for row in rows.sorted() { try insert(row) }
    }

    private mutating func number(of id: UserID) throws -> Int64? {
        if let known = numbers[id] { return known }
        let found = try database.standing(of: id)
        let number: Int64? = found?.standing == .erased ? nil : try database.activate(id)
        if found?.standing != .active, number != nil { summary.usersCreated += 1 }
        numbers[id] = .some(number)
        return number
    }

    private mutating func accept(_ a: Int64, _ b: Int64) throws {
        let counts = (try friendCount(a), try friendCount(b))
        guard max(counts.0, counts.1) < StoreLimits.maximumFriends else {
            summary.refused += 1
            return
        }
        friendCounts[a] = counts.0 + 1
        friendCounts[b] = counts.1 + 1
        rows += [Row(user: a, friend: b), Row(user: b, friend: a)]
        summary.created += 1
    }

    private func friendCount(_ number: Int64) throws -> Int {
        try friendCounts[number] ?? database.friendCount(number)
    }

    private func insert(_ row: Row) throws {
        try database.run("INSERT INTO friendships (user, friend) VALUES (?, ?)", [row.user, row.friend])
        try database.removeRequest(from: row.user, to: row.friend)
    }
}
