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
    }

    let inactivity: Int64
    var users: [UserIndex: User] = [:]
    var friendships: Set<Pair> = []

    struct Pair: Hashable {
        let low, high: UserIndex
        init(_ a: UserIndex, _ b: UserIndex) {
            low = min(a, b)
            high = max(a, b)
        }
    }

    mutating func locate(_ user: UserIndex, _ coordinate: Coordinate, timestamp: Int64, now: Int64) -> Bool {
        guard timestamp > users[user]!.timestamp else { return false }
        users[user]!.coordinate = coordinate
        users[user]!.timestamp = timestamp
        users[user]!.heard = now
        return true
    }

    func friends(of user: UserIndex) -> [UserIndex] {
        users.keys.filter { $0 != user && friendships.contains(Pair(user, $0)) }.sorted()
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
