import Channels
import Friends
import WebSocket

/// Changes of who may see whom: in the stores first, so that what was answered lasts, then in every
/// live session of this process. Used by sessions and by REST alike.
///
/// One change at a time, so that the sessions hear of changes in the order in which the stores made them.
struct Changes: Sendable {
    let core: ServerCore

    var engine: Engine { core.engine }
    var stores: Stores { core.stores }

    func inTurn<T: Sendable>(
        _ change: () async throws(StoreError) -> T
    ) async throws(StoreError) -> T {
        guard await core.changesTurnstile.enter(within: Limits.changePatience) else {
            throw StoreError(.unavailable, "change: those before it take too long")
        }
        defer { core.changesTurnstile.leave() }
        return try await change()
    }

    private func onEveryLoop(_ body: @escaping @Sendable (ServerLoop) -> Void) {
        for loop in core.loops { loop.execute(body) }
    }

    private func knownPair(_ a: UserID, _ b: UserID) -> (UserIndex, UserIndex)? {
        guard let a = engine.users.knownIndex(of: a), let b = engine.users.knownIndex(of: b) else { return nil }
        return (a, b)
    }

    // MARK: Friendships

    /// Makes two users friends at once. Returns whether that is new.
    func befriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        try await inTurn { () async throws(StoreError) in
            let isNew = try await stores.friendships.befriend(a, b)
            try await show(a, b)
            return isNew
        }
    }

    /// Asks for a friendship, or accepts the other side's request.
    func request(from asker: UserID, to target: UserID) async throws(StoreError) -> RequestOutcome {
        try await inTurn { () async throws(StoreError) in
            let outcome = try await stores.friendships.request(from: asker, to: target)
            if outcome == .accepted { try await show(asker, target) }
            return outcome
        }
    }

    /// What a user finds who asks to follow somebody.
    enum Standing: Sendable {
        case notFriends, blocked, friends
    }

    /// Lets a user's live sessions follow a friend, of whom they perhaps have not heard yet.
    func follow(_ friend: UserID, by user: UserID) async throws(StoreError) -> Standing {
        try await inTurn { () async throws(StoreError) in
            guard friend != user, try await stores.friendships.areFriends(user, friend) else { return .notFriends }
            guard try await !stores.blocks.isBlocked(user, friend) else { return .blocked }
            try await show(user, friend)
            return .friends
        }
    }

    /// Ends a friendship. Returns whether there was one.
    func unfriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        try await inTurn { () async throws(StoreError) in
            let existed = try await stores.friendships.unfriend(a, b)
            hide(a, b, kind: .unfriended)
            return existed
        }
    }

    /// Lets two friends see each other in their live sessions, unless a block stands between them.
    private func show(_ a: UserID, _ b: UserID) async throws(StoreError) {
        guard try await !stores.blocks.isBlocked(a, b) else { return }
        let indexes = core.know(try await stores.users.users([a, b]))
        guard indexes.count == 2 else { return }
        engine.befriend(indexes[0], indexes[1])
        onEveryLoop { $0.friendshipChanged(indexes[0], indexes[1]) }
    }

    /// Takes two users out of each other's friends' lists in their live sessions.
    private func hide(_ a: UserID, _ b: UserID, kind: FrameItem.Kind) {
        guard let (a, b) = knownPair(a, b) else { return }
        engine.unfriend(a, b, kind: kind)
        onEveryLoop { $0.friendshipChanged(a, b) }
    }

    // MARK: Blocks

    /// Hides two users from each other, in both modes. Returns whether the block is new.
    ///
    /// - Parameter stored: called when the block will last, before it acts.
    @discardableResult
    func block(
        _ blocked: UserID, by blocker: UserID, as naming: Naming, stored: @Sendable () -> Void = {}
    ) async throws(StoreError) -> Bool {
        try await inTurn { () async throws(StoreError) in
            let isNew = try await stores.blocks.block(
                blocked, by: blocker, as: naming, now: core.clock.wallMilliseconds())
            stored()
            // By index, made if need be: who is blocked before this process has seen it must stay hidden when it comes.
            let (a, b) = (engine.users.index(of: blocker), engine.users.index(of: blocked))
            engine.unfriend(a, b, kind: .stopped)
            onEveryLoop { $0.blockChanged(a, b, isBlocked: true) }
            return isNew
        }
    }

    /// Lifts a block. Returns whether there was one.
    func unblock(_ target: BlockTarget, by blocker: UserID) async throws(StoreError) -> Bool {
        try await inTurn { () async throws(StoreError) in
            guard let other = try await stores.blocks.unblock(target, by: blocker) else { return false }
            guard try await !stores.blocks.isBlocked(blocker, other) else { return true }
            if let (a, b) = knownPair(blocker, other) { onEveryLoop { $0.blockChanged(a, b, isBlocked: false) } }
            if try await stores.friendships.areFriends(blocker, other) { try await show(blocker, other) }
            return true
        }
    }

    // MARK: The user itself

    /// Sets whether a user shares. Off acts in the engine before it is stored, on after.
    func setSharing(_ sharing: Bool, of id: UserID, _ user: UserIndex) async throws(StoreError) {
        if !sharing { hideAtOnce(user) }
        try await inTurn { () async throws(StoreError) in
            var epoch = try await stores.users.setSharing(sharing, of: id)
            // Ahead of the store is the engine if a store failed after something was hidden at once.
            let known = engine.users.sharing(of: user)
            if epoch <= known.epoch, known.sharing != sharing {
                epoch = try await stores.users.raiseEpoch(of: id, above: known.epoch)
            }
            engine.setSharing(user, sharing, epoch: epoch)
        }
    }

    private func hideAtOnce(_ user: UserIndex) {
        let known = engine.users.sharing(of: user)
        if known.sharing, known.epoch < .max { engine.setSharing(user, false, epoch: known.epoch + 1) }
        core.loops[0].execute { $0.withdrawFromStrangers(user) }
    }

    /// Creates, renames or brings back a user. Returns whether it is new.
    func put(_ profile: Profile) async throws(StoreError) -> Bool {
        try await inTurn { () async throws(StoreError) in
            let isNew = try await stores.users.put(profile)
            for user in try await stores.users.users([profile.id]) {
                let index = core.know([user])[0]
                engine.setSharing(index, user.sharing, epoch: user.epoch)
            }
            return isNew
        }
    }

    /// Erases a user everywhere and ends its sessions.
    func erase(_ id: UserID) async throws(StoreError) {
        try await inTurn { () async throws(StoreError) in
            let friends = try await stores.users.user(id) == nil ? [] : friends(of: id)
            guard let epoch = try await core.writer.erase(id) else { return }
            guard let user = engine.users.knownIndex(of: id) else { return }
            for friend in friends.compactMap(engine.users.knownIndex) { engine.unfriend(user, friend, kind: .stopped) }
            engine.erase(user, epoch: epoch)
            core.people[user] = nil
            core.loops[0].execute { $0.withdrawFromStrangers(user) }
            onEveryLoop { $0.endSessions(of: user, code: .revoked) }
        }
    }

    private func friends(of id: UserID) async throws(StoreError) -> [UserID] {
        try await stores.friendships.friends(of: id, limit: StoreLimits.maximumFriends, after: nil).items.map(\.id)
    }
}
