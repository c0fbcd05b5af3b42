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
    /// Strangers' mode, without its items; see ``strangersStatus``.
    private var mode = StrangersStatus.off(reason: nil)
    /// Profiles are told once a session, also of friends that come back.
    private var profiles: [String: Friend.Profile] = [:]
    /// Friends in the list of whom only the session before has told.
    private var unconfirmed: Set<String> = []

    public init() {}

    /// The own position has changed; `nil`: it is not known any more.
    public mutating func moved(to position: Coordinate?) { self.position = position }

    /// Takes in what the server said. A welcome is the whole truth: who is not in it is not in the list.
    public mutating func apply(_ message: ServerMessage) {
        var news = NewsDigest()
        apply(message, &news)
        if case .welcome = message { dropUnconfirmed(.reconnected, &news) }
    }

    /// Takes in what the server said, and notes what that changes. Who is not in a welcome stays, unconfirmed, until
    /// the server tells of them or ``dropUnconfirmed(_:_:)`` is called.
    mutating func apply(_ message: ServerMessage, _ news: inout NewsDigest) {
        switch message {
        case .welcome(let welcome, _): begin(welcome, &news)
        case .page(let page, _): add(page, &news)
        case .updates(let updates): apply(updates, &news)
        case .settings(let radius, let sharing, _): (self.radius, isSharing) = (radius, sharing)
        case .strangers(let status, _): apply(status)
        case .cells(let cells): apply(cells)
        case .subscribed, .reconnect, .ok, .error, .unknown: return
        }
        news.touch()
    }

    /// Nobody is shown any more.
    mutating func clear(_ reason: FriendGone.Reason, _ news: inout NewsDigest) {
        for id in friends.keys { remove(id, reason, &news) }
        profiles = [:]
        (friendsTotal, nextCursor) = (0, nil)
        if strangersAreOn { apply(.off(reason: nil)) }
        news.touch()
    }
}

extension NearbyView {
    /// Metres to a friend from the own newest position.
    public func distance(to friend: Friend) -> Double {
        position.map { friend.fix.position.distance(to: $0) } ?? friend.distance
    }

    /// The friend as it is shown: with a profile, and the distance from the own newest position.
    func shown(_ friend: Friend) -> Friend {
        var friend = friend
        friend.distance = distance(to: friend)
        friend.profile = friend.profile ?? Friend.Profile(name: friend.id, avatarURL: nil)
        return friend
    }

    /// The friends in the list, nearest first, those at the same distance by id.
    public var nearestFriends: [Friend] {
        friends.values.map(shown).sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }
    }

    /// Friends that are known to be within the radius.
    var total: Int { max(Int(clamping: friendsTotal), friends.count) }

    /// The cursor of the next page, if there are friends on it.
    var cursorOfMore: String? { confirmedCount < friendsTotal ? nextCursor : nil }

    /// Friends in the list of whom this session was told.
    var confirmedCount: Int { friends.count - unconfirmed.count }

    /// Whether all friends in the list are.
    var isConfirmed: Bool { unconfirmed.isEmpty }

    /// Strangers' mode, with the strangers by pseudonym.
    public var strangersStatus: StrangersStatus {
        guard case .on(var details) = mode else { return mode }
        details.items = strangers.values.sorted { $0.sid < $1.sid }
        return .on(details)
    }

    public var strangersAreOn: Bool { if case .on = mode { true } else { false } }

    /// Why the server ended strangers' mode.
    public var strangersEnd: String? { if case .off(let reason) = mode { reason } else { nil } }

    /// The cells through which strangers are looked for; `nil` while the mode is off.
    public var routing: RoutingCells? { if case .on(let details) = mode { details.routing } else { nil } }
}

extension NearbyView {
    private mutating func begin(_ welcome: ServerMessage.Welcome, _ news: inout NewsDigest) {
        unconfirmed = Set(friends.keys)
        profiles = [:]
        (radius, isSharing) = (welcome.radius, welcome.sharing)
        friendsTotal = welcome.friendsTotal
        add(welcome.friends, &news)
        apply(welcome.strangers)
    }

    /// Whom the server has not told of since its welcome is not in the list.
    mutating func dropUnconfirmed(_ reason: FriendGone.Reason, _ news: inout NewsDigest) {
        for id in unconfirmed { remove(id, reason, &news) }
    }

    private mutating func add(_ page: FriendsPage, _ news: inout NewsDigest) {
        for friend in page.items { put(friend, &news) }
        nextCursor = page.next
    }

    private mutating func apply(_ updates: ServerMessage.Updates, _ news: inout NewsDigest) {
        for gone in updates.friendsGone { remove(gone.id, gone.reason, &news) }
        for friend in updates.friends { put(friend, &news) }
        if let total = updates.friendsTotal { friendsTotal = total }
        for sid in updates.strangersGone { strangers[sid] = nil }
        for stranger in updates.strangers { strangers[stranger.sid] = stranger }
    }

    private mutating func put(_ friend: Friend, _ news: inout NewsDigest) {
        var friend = friend
        if let profile = friend.profile {
            profiles[friend.id] = profile
        } else {
            friend.profile = profiles[friend.id]
        }
        unconfirmed.remove(friend.id)
        let isKnown = friends.updateValue(friend, forKey: friend.id) != nil
        if isKnown { news.moved(friend.id) } else { news.entered(friend.id) }
    }

    private mutating func remove(_ id: String, _ reason: FriendGone.Reason, _ news: inout NewsDigest) {
        guard let friend = friends.removeValue(forKey: id) else { return }
        unconfirmed.remove(id)
        news.left(shown(friend), reason)
    }

    private mutating func apply(_ status: StrangersStatus) {
        mode = status
        strangers = [:]
        guard case .on(var details) = status else { return }
        for stranger in details.items { strangers[stranger.sid] = stranger }
        details.items = []
        mode = .on(details)
    }

    /// Cells that come late, after the end of the mode, mean nothing.
    private mutating func apply(_ cells: RoutingCells) {
        guard case .on(var details) = mode else { return }
        details.routing = cells
        mode = .on(details)
    }
}
