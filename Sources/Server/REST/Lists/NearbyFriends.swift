import Channels
import Friends
import Geo

/// Who of a user's friends is nearby, from the newest positions that the engine knows: what a session's
/// `welcome` says, for those who poll.
struct NearbyFriends {
    struct Item {
        let friend: User
        let state: UserState
        let chordSquared: Double
    }

    /// Everyone within the radius, nearest first; equally near ones by their ids.
    private let items: [Item]

    /// - Parameters:
    ///   - friends: those who are not blocked.
    ///   - now: monotonic milliseconds.
    init(_ friends: some Sequence<User>, around center: Coordinate, radius: Radius, engine: Engine, now: Int64) {
        let limit = Earth.chordSquared(metres: radius.metres)
        let vector = center.unitVector
        let inactivity = engine.settings.inactivityMilliseconds
        let found = friends.compactMap { friend -> Item? in
            guard friend.sharing, let index = engine.users.knownIndex(of: friend.id),
                let state = engine.users.state(of: index),
                state.isVisible(at: now, inactivity: inactivity)
            else { return nil }
            let chordSquared = vector.chordSquared(to: state.coordinate.unitVector)
            return chordSquared <= limit ? Item(friend: friend, state: state, chordSquared: chordSquared) : nil
        }
        items = found.sorted { ($0.chordSquared, $0.friend.id) < ($1.chordSquared, $1.friend.id) }
    }

    var total: Int { items.count }

    /// The nearest behind `place`, and whether more follow.
    func page(after place: NearbyPlace?, limit: Int) -> (items: ArraySlice<Item>, hasMore: Bool) {
        var rest = items[...]
        if let place {
            rest = rest.drop { ($0.chordSquared, $0.friend.id) <= (place.chordSquared, place.friend) }
        }
        return (rest.prefix(limit), rest.count > limit)
    }
}
