import Channels
import Geo

/// What every user has to see, by brute force from what was sent: no index, no shortcut, and none of the server's code but
/// the distance.
struct ReplayOracle {
    /// The newest position that a user sent.
    struct Position: Equatable {
        var coordinate: Coordinate
        var ts: Int64
        var sentAt: ContinuousClock.Instant
    }

    /// How near to becoming inactive a friend must be for its being shown to prove nothing, seconds.
    private static let staleSlack = 5.0

    /// A friend as a client shows it.
    struct Shown: Equatable {
        let coordinate: Coordinate
        let ts: Int64
    }

    struct Differences {
        var missing = 0
        var extra = 0
        var wrongPosition = 0
        var compared = 0

        var isEmpty: Bool { missing == 0 && extra == 0 && wrongPosition == 0 }

        static func += (a: inout Differences, b: Differences) {
            a.missing += b.missing
            a.extra += b.extra
            a.wrongPosition += b.wrongPosition
            a.compared += b.compared
        }
    }

    /// By user; indexes of friends.
    let friends: [[Int]]
    let radius: Double
    var positions: [Position?]

    /// - Parameters:
    ///   - users: everybody who has a session.
    ///   - friendships: pairs of ids; those of others are left out.
    ///   - radius: metres.
    init(users: [UserID], friendships: [Friendships.Pair], radius: Double) {
        let indexes = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1, $0) })
        var friends = Array(repeating: Set<Int>(), count: users.count)
        for pair in friendships {
            guard let a = indexes[pair.a], let b = indexes[pair.b], a != b else { continue }
            friends[a].insert(b)
            friends[b].insert(a)
        }
        self.friends = friends.map { $0.sorted() }
        self.radius = radius
        positions = Array(repeating: nil, count: users.count)
    }

    /// Compares what one client shows with what it has to show.
    ///
    /// - Parameter staleAfter: after how many seconds without news a friend vanishes.
    func compare(_ user: Int, shown: [Int: Shown], now: ContinuousClock.Instant, staleAfter: Double) -> Differences {
        var differences = Differences()
        guard let here = positions[user]?.coordinate else { return differences }
        var left = shown
        for friend in friends[user] {
            guard let there = positions[friend], here.distance(to: there.coordinate) <= radius else { continue }
            let age = (now - there.sentAt) / .seconds(1)
            if abs(age - staleAfter) < Self.staleSlack {
                left[friend] = nil
                continue
            }
            guard age < staleAfter else { continue }
            differences.compared += 1
            guard let entry = left.removeValue(forKey: friend) else {
                differences.missing += 1
                continue
            }
            if entry != Shown(coordinate: there.coordinate, ts: there.ts) { differences.wrongPosition += 1 }
        }
        differences.extra = left.count
        return differences
    }
}
