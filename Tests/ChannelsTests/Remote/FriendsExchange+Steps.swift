import Channels

/// What tests of the exchange do often.
extension FriendsExchange {
    /// Does what a request asks for, with every answer good, so that its users are known.
    mutating func complete(_ request: Request, now: Int64) {
        _ = heard(request, missing: [])
        _ = read(request, unanswered: [], now: now)
    }

    /// Makes users known and wanted; the confirming read is over as well a second later.
    mutating func know(_ users: [UserIndex], now: Int64) {
        for user in users { _ = interestChanged(in: user, isInterested: true, now: now) }
        complete(prepare(users, now: now).request, now: now)
        for action in tick(now: now + Self.pauseBeforeConfirming) {
            if case .wait(_, let request) = action { complete(request, now: now + Self.pauseBeforeConfirming) }
        }
    }

    /// A tick of a process that is interested in everyone.
    mutating func tick(now: Int64) -> [Action] { tick(now: now) { _ in true } }

    /// Whether a session that needs this user may go on without waiting.
    func knows(_ user: UserIndex) -> Bool {
        var copy = self
        let (request, actions) = copy.prepare([user], now: 0)
        return actions == [.finish(request)]
    }
}

extension [FriendsExchange.Action] {
    /// The users that are to be read from the cache, read by read.
    var reads: [[UserIndex]] { compactMap { if case .read(let users, _) = $0 { users } else { nil } } }

    /// The users whose channels are waited for, so that they can be read.
    var waits: [[UserIndex]] { compactMap { if case .wait(let users, _) = $0 { users } else { nil } } }

    /// The first wait's or read's request.
    var request: FriendsExchange.Request? {
        lazy.compactMap { action -> FriendsExchange.Request? in
            switch action {
            case .wait(_, let request), .read(_, let request): request
            default: nil
            }
        }.first
    }
}
