import Channels
import Friends
import WebSocket

/// Changes of who may see whom: in the stores first, so that what was answered lasts, then in every
/// live session of this process. Used by sessions and by REST alike.
struct Changes: Sendable {
    let core: ServerCore

    private var engine: Engine { core.engine }
    private var stores: Stores { core.stores }

    // MARK: Friendships

    /// Makes two users friends at once. Returns whether that is new.
    func befriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        let isNew = try await stores.friendships.befriend(a, b)
        try await show(a, b)
        return isNew
    }

    /// Asks for a friendship, or accepts the other side's request.
    func request(from asker: UserID, to target: UserID) async throws(StoreError) -> RequestOutcome {
        let outcome = try await stores.friendships.request(from: asker, to: target)
        if outcome == .accepted { try await show(asker, target) }
        return outcome
    }

    func unfriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        let existed = try await stores.friendships.unfriend(a, b)
        guard let (a, b) = knownPair(a, b) else { return existed }
        engine.unfriend(a, b)
        onEveryLoop { $0.friendshipChanged(a, b) }
        return existed
    }

    /// Lets two friends see each other in their live sessions, unless a block stands between them.
    private func show(_ a: UserID, _ b: UserID) async throws(StoreError) {
        guard try await !stores.blocks.isBlocked(a, b) else { return }
        let indexes = core.know(try await stores.users.users([a, b]))
        guard indexes.count == 2 else { return }
        engine.befriend(indexes[0], indexes[1])
        onEveryLoop { $0.friendshipChanged(indexes[0], indexes[1]) }
    }

    private func onEveryLoop(_ body: @escaping @Sendable (ServerLoop) -> Void) {
        for loop in core.loops { loop.execute(body) }
    }

    private func knownPair(_ a: UserID, _ b: UserID) -> (UserIndex, UserIndex)? {
        guard let a = engine.users.knownIndex(of: a), let b = engine.users.knownIndex(of: b) else { return nil }
        return (a, b)
    }

    // MARK: Blocks

    /// Hides two users from each other, in both modes. Returns whether the block is new.
    @discardableResult
    func block(_ blocked: UserID, by blocker: UserID, as naming: Naming) async throws(StoreError) -> Bool {
        let isNew = try await stores.blocks.block(
            blocked, by: blocker, as: naming, now: core.clock.wallMilliseconds())
        guard let (a, b) = knownPair(blocker, blocked) else { return isNew }
        engine.unfriend(a, b, kind: .stopped)
        onEveryLoop { $0.blockChanged(a, b, isBlocked: true) }
        return isNew
    }

    /// Lifts a block. Returns whether there was one.
    func unblock(_ target: BlockTarget, by blocker: UserID) async throws(StoreError) -> Bool {
        guard let other = try await stores.blocks.unblock(target, by: blocker) else { return false }
        guard try await !stores.blocks.isBlocked(blocker, other) else { return true }
        if let (a, b) = knownPair(blocker, other) { onEveryLoop { $0.blockChanged(a, b, isBlocked: false) } }
        if try await stores.friendships.areFriends(blocker, other) { try await show(blocker, other) }
        return true
    }

    // MARK: The user itself

    /// Sets whether a user shares. Off acts in the engine before it is stored, on after.
    func setSharing(_ sharing: Bool, of id: UserID, _ user: UserIndex) async throws(StoreError) {
        if !sharing {
            let known = engine.users.sharing(of: user)
            if known.sharing { engine.setSharing(user, false, epoch: known.epoch + 1) }
            core.loops[0].execute { $0.withdrawFromStrangers(user) }
        }
        let epoch = try await stores.users.setSharing(sharing, of: id)
        engine.setSharing(user, sharing, epoch: epoch)
    }

    /// Creates, renames or brings back a user. Returns whether it is new.
    func put(_ profile: Profile) async throws(StoreError) -> Bool {
        let isNew = try await stores.users.put(profile)
        for user in try await stores.users.users([profile.id]) {
            let index = core.know([user])[0]
            engine.setSharing(index, user.sharing, epoch: user.epoch)
        }
        return isNew
    }

    /// Erases a user everywhere and ends its sessions.
    func erase(_ id: UserID) async throws(StoreError) {
        guard let epoch = try await core.writer.erase(id),
            let user = engine.users.knownIndex(of: id)
        else { return }
        engine.erase(user, epoch: epoch)
        core.people[user] = nil
        core.loops[0].execute { $0.withdrawFromStrangers(user) }
        onEveryLoop { $0.endSessions(of: user, code: .revoked) }
    }
}
