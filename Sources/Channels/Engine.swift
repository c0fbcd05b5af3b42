import Synchronization

/// The process-wide side of the engine: all users, and a mailbox for each shard. Any thread.
///
/// The shards themselves are made on their event loops with ``makeShard(_:)`` and stay there.
public final class Engine: Sendable {
    public let users: UserTable
    public let settings: EngineSettings
    public let mailboxes: [Mailbox]
    /// What other processes have to know, and what this one wants to know of them; `nil` in a process that is alone.
    public let bus: Mailbox?

    /// - Parameters:
    ///   - wakes: one a shard: makes that shard's owner call ``Shard/tick(now:roster:)`` soon; called on any thread.
    ///   - busWake: the same for who takes the ``bus``.
    public init(
        settings: EngineSettings, users: UserTable = UserTable(), wakes: [@Sendable () -> Void],
        busWake: (@Sendable () -> Void)? = nil
    ) {
        precondition((1...EngineSettings.maximumShards).contains(wakes.count))
        self.settings = settings
        self.users = users
        mailboxes = wakes.map { Mailbox(wake: $0) }
        bus = busWake.map { Mailbox(wake: $0) }
    }

    public var shardCount: Int { mailboxes.count }

    /// Makes a shard; once for each index, on the loop that will own it.
    public func makeShard(_ index: Int) -> Shard {
        Shard(index: index, users: users, mailboxes: mailboxes, bus: bus, settings: settings)
    }

    // MARK: Changes that do not come from a session

    /// Two users became friends: each one's live sessions follow the other.
    ///
    /// Sessions end up as the last call about a pair says, so calls about one pair have to come in the order in
    /// which the store made the changes, and after it made them.
    public func befriend(_ a: UserIndex, _ b: UserIndex) {
        post(.befriend(a, b), toShardsOf: a)
        post(.befriend(b, a), toShardsOf: b)
    }

    /// Two users are friends no more (`.unfriended`), or hidden from each other (`.stopped`).
    public func unfriend(_ a: UserIndex, _ b: UserIndex, kind: FrameItem.Kind = .unfriended) {
        post(.unfriend(a, b, kind: kind), toShardsOf: a)
        post(.unfriend(b, a, kind: kind), toShardsOf: b)
    }

    /// Sets whether a user shares; invisible to everyone at once if not. Older epochs are ignored.
    ///
    /// - Parameter tellsOthers: whether other processes have to hear of it from this one.
    /// - Returns: the state that was spread, or `nil` if a newer change is known.
    @discardableResult
    public func setSharing(
        _ user: UserIndex, _ sharing: Bool, epoch: UInt32, tellsOthers: Bool = true
    ) -> UserState? {
        guard let state = users.setSharing(user, sharing, epoch: epoch) else { return nil }
        post(Record(state, of: user), toShardsOf: user)
        if tellsOthers { bus?.push([Record(state, of: user)]) }
        return state
    }

    /// Forgets a user's location: it leaves every list with the reason `stopped`.
    ///
    /// Its friendships are ended by ``unfriend(_:_:kind:)``, each of them: sessions that go on following the user would
    /// show whoever is created under the same id later.
    public func erase(_ user: UserIndex, epoch: UInt32) {
        let record = Record(users.erase(user, epoch: epoch), of: user)
        post(record, toShardsOf: user)
        bus?.push([record])
    }

    // MARK: From other processes

    /// Takes states that other processes, or a cache, know. Doubles, and what is older than what is known, do nothing.
    ///
    /// - Returns: how many were news.
    @discardableResult
    public func receive(_ states: some Sequence<(user: UserIndex, state: UserState)>) -> Int {
        var batches = [[Record]](repeating: [], count: mailboxes.count)
        var news = 0
        for (user, other) in states {
            guard let state = users.merge(other, of: user) else { continue }
            news += 1
            var interest = users.interest(in: user)
            while interest != 0 {
                batches[interest.trailingZeroBitCount].append(Record(state, of: user))
                interest &= interest - 1
            }
        }
        for (mailbox, batch) in zip(mailboxes, batches) { mailbox.push(batch) }
        return news
    }

    /// Whether a session of this process follows the user, or is the user's own.
    public func isInterested(in user: UserIndex) -> Bool { users.interest(in: user) != 0 }

    /// Leaves a record for every shard that is interested in a user.
    public func post(_ record: Record, toShardsOf user: UserIndex) {
        var interest = users.interest(in: user)
        while interest != 0 {
            mailboxes[interest.trailingZeroBitCount].push([record])
            interest &= interest - 1
        }
    }
}
