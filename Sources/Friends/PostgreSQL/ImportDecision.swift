import Channels

/// Which pairs of an import become friends, decided one after the other from what is known of all.
struct ImportDecision {
    private(set) var summary = ImportSummary()
    private(set) var accepted: [Friendship] = []
    /// Users that the accepted pairs make, in the order in which they come up.
    private(set) var newcomers: [UserID] = []
    private var users: [UserID: (standing: Standing, friends: Int)]
    private var friendships: Set<Friendship>

    /// `users` are those of the pairs that have a number, `existing` the pairs that are friends.
    init(users: [UserID: HeldUser], existing: [Friendship]) {
        self.users = users.mapValues { ($0.standing, $0.friends) }
        friendships = Set(existing.map(Self.ordered))
    }

    mutating func add(_ pair: Friendship) {
        if pair.a == pair.b || isErased(pair.a) || isErased(pair.b) {
            summary.refused += 1
        } else if friendships.contains(Self.ordered(pair)) {
            summary.existed += 1
        } else if hasRoom(pair.a), hasRoom(pair.b) {
            accept(pair)
        } else {
            summary.refused += 1
        }
    }

    private static func ordered(_ pair: Friendship) -> Friendship {
        pair.a <= pair.b ? pair : Friendship(pair.b, pair.a)
    }

    private func isErased(_ id: UserID) -> Bool { users[id]?.standing == .erased }

    private func hasRoom(_ id: UserID) -> Bool { (users[id]?.friends ?? 0) < StoreLimits.maximumFriends }

    private mutating func accept(_ pair: Friendship) {
        summary.created += 1
        accepted.append(pair)
        friendships.insert(Self.ordered(pair))
        for id in [pair.a, pair.b] { countFriend(of: id) }
    }

    private mutating func countFriend(of id: UserID) {
        if users[id]?.standing != .active {
            newcomers.append(id)
            summary.usersCreated += 1
        }
        users[id] = (.active, (users[id]?.friends ?? 0) + 1)
    }
}
