import Channels
import Geo

/// The oracle: what is true, kept in the most stupid way.
struct FriendsModel {
    struct User {
        var coordinate: Coordinate?
        var timestamp: Int64 = .min
        var heard: Int64 = .min
        var epoch: UInt32 = 0
        var isSharing = true
        var isErased = false
        var friends: Set<UserIndex> = []
        /// Whom it blocked or by whom it was blocked.
        var blocked: Set<UserIndex> = []
    }

    let inactivity: Int64
    var users: [UserIndex: User] = [:]

    mutating func setFriends(_ a: UserIndex, _ b: UserIndex, _ areFriends: Bool) {
        for (one, other) in [(a, b), (b, a)] {
            if areFriends { users[one]!.friends.insert(other) } else { users[one]!.friends.remove(other) }
        }
    }

    mutating func setBlocked(_ a: UserIndex, _ b: UserIndex, _ areBlocked: Bool) {
        for (one, other) in [(a, b), (b, a)] {
            if areBlocked { users[one]!.blocked.insert(other) } else { users[one]!.blocked.remove(other) }
        }
    }

    mutating func locate(_ user: UserIndex, _ coordinate: Coordinate, timestamp: Int64, now: Int64) -> Bool {
        guard timestamp > users[user]!.timestamp else { return false }
        users[user]!.coordinate = coordinate
        users[user]!.timestamp = timestamp
        users[user]!.heard = now
        return true
    }

    mutating func erase(_ user: UserIndex) {
        for friend in users[user]!.friends { setFriends(user, friend, false) }
        let epoch = users[user]!.epoch + 1
        let blocked = users[user]!.blocked
        users[user] = User(epoch: epoch, isSharing: false, isErased: true, blocked: blocked)
    }

    /// The friends that a session of `user` follows, in a defined order.
    func friends(of user: UserIndex) -> [UserIndex] {
        users[user]!.friends.subtracting(users[user]!.blocked).sorted()
    }

    /// Everyone whom `client` has to show at `now`.
    func expectedView(of client: SimulatedClient, now: Int64) -> [UserIndex: SimulatedClient.Entry] {
        guard let here = users[client.user]!.coordinate else { return [:] }
        var view: [UserIndex: SimulatedClient.Entry] = [:]
        for friend in friends(of: client.user) where !client.muted.contains(friend) {
            let state = users[friend]!
            guard let there = state.coordinate, state.isSharing, now - state.heard < inactivity,
                here.distance(to: there) <= client.radius.metres
            else { continue }
            view[friend] = SimulatedClient.Entry(coordinate: there, timestamp: state.timestamp)
        }
        return view
    }
}
