public import Geo

/// What a client knows of who is nearby: the server's messages, folded into one state.
///
/// A pure value. Distances follow the own position at once, without asking the server.
public struct NearbyView: Hashable, Sendable {
    /// The own newest position; `nil` before the first.
    public private(set) var position: Coordinate?
    /// The effective radius in metres, and whether the own user is shared.
    public private(set) var radius: Double = 0
    public private(set) var isSharing = true
    /// Friends in the list, by id. `distance` in them is the server's; see ``distance(to:)``.
    public private(set) var friends: [String: Friend] = [:]
    /// Friends within the radius, whether they were sent or not.
    public private(set) var friendsTotal: Int64 = 0
    /// For `more`; `nil` when all were sent.
    public private(set) var nextCursor: String?
    /// Strangers, by pseudonym.
    public private(set) var strangers: [String: Stranger] = [:]
    /// Whether strangers' mode is on, and why the server ended it.
    public private(set) var strangersAreOn = false
    public private(set) var strangersEnd: String?
    /// The cells through which strangers are looked for; `nil` while the mode is off.
    public private(set) var routing: RoutingCells?
    /// Profiles are told once a session, also of friends that come back.
    private var profiles: [String: Friend.Profile] = [:]

    public init() {}

    /// The own position has changed.
    public mutating func moved(to position: Coordinate) { self.position = position }

    /// Metres to a friend from the own newest position.
    public func distance(to friend: Friend) -> Double {
        position.map { friend.fix.position.distance(to: $0) } ?? friend.distance
    }

    /// The friends in the list, nearest first, those at the same distance by id.
    public var nearestFriends: [Friend] {
        friends.values
            .map { (distance: distance(to: $0), friend: $0) }
            .sorted { ($0.distance, $0.friend.id) < ($1.distance, $1.friend.id) }
            .map(\.friend)
    }
}

extension NearbyView {
    /// Takes in what the server said.
    public mutating func apply(_ message: ServerMessage) {
        switch message {
        case .welcome(let welcome, _): begin(welcome)
        case .page(let page, _): add(page)
        case .updates(let updates): apply(updates)
        case .settings(let radius, let sharing, _): (self.radius, isSharing) = (radius, sharing)
        case .strangers(let status, _): apply(status)
        case .cells(let cells): routing = cells
        case .subscribed, .reconnect, .ok, .error, .unknown: break
        }
    }

    /// A new session: nothing of an earlier one holds.
    private mutating func begin(_ welcome: ServerMessage.Welcome) {
        let position = position
        self = NearbyView()
        self.position = position
        (radius, isSharing) = (welcome.radius, welcome.sharing)
        friendsTotal = welcome.friendsTotal
        add(welcome.friends)
        apply(welcome.strangers)
    }

    private mutating func add(_ page: FriendsPage) {
        for friend in page.items { put(friend) }
        nextCursor = page.next
    }

    private mutating func apply(_ updates: ServerMessage.Updates) {
        for gone in updates.friendsGone { friends[gone.id] = nil }
        for friend in updates.friends { put(friend) }
        if let total = updates.friendsTotal { friendsTotal = total }
        for sid in updates.strangersGone { strangers[sid] = nil }
        for stranger in updates.strangers { strangers[stranger.sid] = stranger }
    }

    private mutating func put(_ friend: Friend) {
        var friend = friend
        if let profile = friend.profile {
            profiles[friend.id] = profile
        } else {
            friend.profile = profiles[friend.id]
        }
        friends[friend.id] = friend
    }

    private mutating func apply(_ status: StrangersStatus) {
        switch status {
        case .off(let reason):
            (strangersAreOn, strangersEnd, routing) = (false, reason, nil)
            strangers = [:]
        case .on(let details):
            (strangersAreOn, strangersEnd, routing) = (true, nil, details.routing)
            strangers = Dictionary(details.items.map { ($0.sid, $0) }) { _, last in last }
        }
    }
}
