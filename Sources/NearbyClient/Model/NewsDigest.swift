/// What a consumer has not been told yet, as the net difference: the newest of each, whatever came between.
///
/// It is bounded by what it is about, not by how fast things happen: each friend stands in it at most once, as one of
/// those in the list now or one of those that the consumer knew; and errors are at most
/// ``NearbyChange/maximumErrors``.
struct NewsDigest {
    private enum Kind {
        case entered
        case moved
        case left(NearbyChange.Departure)
    }

    private var friends: [String: Kind] = [:]
    private var errors: [NearbyError] = []
    /// Whether there is news of any sort.
    private(set) var isNews = false

    /// Something in the snapshot has changed, apart from the friends.
    mutating func touch() { isNews = true }

    mutating func entered(_ id: String) {
        isNews = true
        // Who left meanwhile is known to the consumer, and has but a new position.
        if case .left? = friends[id] { friends[id] = .moved } else { friends[id] = .entered }
    }

    mutating func moved(_ id: String) {
        isNews = true
        if case .entered? = friends[id] { return }
        friends[id] = .moved
    }

    mutating func left(_ friend: Friend, _ reason: FriendGone.Reason) {
        isNews = true
        // Who entered meanwhile was never told of.
        if case .entered? = friends[friend.id] {
            friends[friend.id] = nil
        } else {
            friends[friend.id] = .left(.init(friend: friend, reason: reason))
        }
    }

    mutating func failed(_ error: NearbyError) {
        isNews = true
        if errors.count == NearbyChange.maximumErrors { errors.removeFirst() }
        errors.append(error)
    }

    /// Adds what happened later.
    mutating func merge(_ later: NewsDigest) {
        isNews = isNews || later.isNews
        for (id, kind) in later.friends {
            switch kind {
            case .entered: entered(id)
            case .moved: moved(id)
            case .left(let departure): left(departure.friend, departure.reason)
            }
        }
        for error in later.errors { failed(error) }
    }

    /// The news with the state that they led to.
    func change(_ snapshot: NearbySnapshot) -> NearbyChange {
        var change = NearbyChange(snapshot: snapshot, entered: [], moved: [], left: [], errors: errors)
        for friend in snapshot.friends {
            switch friends[friend.id] {
            case .entered: change.entered.append(friend)
            case .moved: change.moved.append(friend)
            case .left, nil: break
            }
        }
        change.left = friends.values.compactMap { if case .left(let departure) = $0 { departure } else { nil } }
            .sorted { $0.friend.id < $1.friend.id }
        return change
    }
}
