import Channels
import GRDB

/// One transaction of an import: looks up every user and counts its friends once, decides pair by pair, and
/// inserts many at once.
struct FriendshipImport {
    private(set) var summary = ImportSummary()
    private let database: Database
    private var standings: [UserID: (number: Int64, standing: Standing)] = [:]
    /// At least as many as there are, because an accepted pair may turn out to exist.
    private var friendCounts: [Int64: Int] = [:]
    private var accepted: Set<Pair> = []
    /// Those of `accepted` that are not inserted yet.
    private var waiting: [Pair] = []

    private struct Pair: Hashable {
        let lower, upper: Int64

        init(_ a: Int64, _ b: Int64) {
            lower = min(a, b)
            upper = max(a, b)
        }
    }

    init(_ database: Database) {
        self.database = database
    }

    mutating func add(_ pairs: some Collection<Friendship>) throws {
        standings = try database.standings(of: Set(pairs.lazy.flatMap { [$0.a, $0.b] }))
        friendCounts = try database.friendCounts(of: standings.values.map(\.number))
        for pair in pairs {
            if pair.a == pair.b || isErased(pair.a) || isErased(pair.b) {
                summary.refused += 1
            } else {
                try decide(pair)
            }
        }
        try insertWaiting()
        try database.run(
            """
            DELETE FROM requests WHERE EXISTS (
                SELECT 1 FROM friendships WHERE user = requests.target AND friend = requests.asker)
            """, [])
    }

    private func isErased(_ id: UserID) -> Bool {
        standings[id]?.standing == .erased
    }

    private mutating func decide(_ pair: Friendship) throws {
        let known = (standings[pair.a]?.number, standings[pair.b]?.number)
        if let a = known.0, let b = known.1, try isFriendship(a, b) {
            summary.existed += 1
        } else if try hasRoom(known.0), try hasRoom(known.1) {
            accept(try number(of: pair.a), try number(of: pair.b))
        } else {
            summary.refused += 1
        }
    }

    /// Asks the database only if the limit is near; otherwise the insertion will tell.
    private mutating func isFriendship(_ a: Int64, _ b: Int64) throws -> Bool {
        if accepted.contains(Pair(a, b)) { return true }
        if isFar(a), isFar(b) { return false }
        return try database.areFriends(a, b)
    }

    private func isFar(_ number: Int64) -> Bool {
        friendCounts[number, default: 0] < StoreLimits.maximumFriends
    }

    /// Counts anew before it says no. Who is new has no friends yet.
    private mutating func hasRoom(_ number: Int64?) throws -> Bool {
        guard let number, !isFar(number) else { return true }
        try insertWaiting()
        friendCounts[number] = try database.friendCount(number)
        return isFar(number)
    }

    private mutating func number(of id: UserID) throws -> Int64 {
        if let known = standings[id], known.standing == .active { return known.number }
        let number = try database.activate(id)
        standings[id] = (number, .active)
        summary.usersCreated += 1
        return number
    }

    private mutating func accept(_ a: Int64, _ b: Int64) {
        let pair = Pair(a, b)
        accepted.insert(pair)
        waiting.append(pair)
        friendCounts[a, default: 0] += 1
        friendCounts[b, default: 0] += 1
    }

    /// In the order of the key, which touches every page once.
    private mutating func insertWaiting() throws {
        var insert = BulkInsert(into: "friendships", ["user", "friend"], onConflict: "DO NOTHING")
        let rows = waiting.flatMap { [($0.lower, $0.upper), ($0.upper, $0.lower)] }.sorted(by: <)
        for (user, friend) in rows { insert.append(user, friend) }
        let created = try insert.run(in: database) / 2
        summary.created += created
        summary.existed += waiting.count - created
        waiting.removeAll()
    }
}

extension Database {
    /// How many friends each has; those without any are left out.
    fileprivate func friendCounts(of numbers: [Int64]) throws -> [Int64: Int] {
        let counts = try StatementSize.pieces(of: numbers.count).flatMap { piece in
            let list = StatementSize.placeholders(rows: 1, columns: piece.count)
            return try all(
                "SELECT user, count(*) FROM friendships WHERE user IN \(list) GROUP BY user",
                StatementArguments(numbers[piece])
            ) { ($0[0] as Int64, $0[1] as Int) }
        }
        return Dictionary(counts, uniquingKeysWith: { first, _ in first })
    }
}
