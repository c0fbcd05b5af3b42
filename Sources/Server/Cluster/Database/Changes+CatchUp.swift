import Channels
import Friends
import WebSocket

/// What other processes changed.
extension Changes {
    /// Brings what this process knows of `users` themselves to what the database says now: names, sharing, erasures.
    ///
    /// In turn with own changes, and done when every loop has done it: so what was read here is never older than an own
    /// change that was applied before, and a later one finds it applied. Returns those who have sessions here, of whom
    /// ``relate(_:from:)`` is to read whom they may see.
    func catchUp(on users: [UserID], from database: CommonDatabase) async throws(StoreError) -> [UserID] {
        try await inTurn { () async throws(StoreError) in
            let found = try await database.users(users)
            let active = found.filter { !$0.isErased }
            _ = core.know(active)
            for user in found where user.isErased { await forget(user) }
            withdrawFromStrangers(active.filter { !$0.sharing }.map { engine.users.index(of: $0.id) })
            return active.map(\.id).filter { core.sessionCounts.count(of: engine.users.index(of: $0)) > 0 }
        }
    }

    private func withdrawFromStrangers(_ hidden: [UserIndex]) {
        if hidden.isEmpty { return }
        core.loops[0].execute { loop in
            for user in hidden { loop.withdrawFromStrangers(user) }
        }
    }

    /// Lets the sessions of `users` see whom the database says, and nobody else. In turn with own changes, as above.
    ///
    /// Who was erased just now is left out: that change is told as well.
    func relate(_ users: [UserID], from database: CommonDatabase) async throws(StoreError) {
        try await inTurn { () async throws(StoreError) in
            let accounts = try await database.accounts(of: users)
            let relations = accounts.map { account in
                _ = core.know(account.friends)
                return Relations(account, engine.users)
            }
            await onEachLoop { loop in
                for relation in relations { loop.adopt(relation) }
            }
        }
    }

    /// What ``erase(_:)`` does, for a user whom another process erased.
    private func forget(_ erased: User) async {
        guard let user = engine.users.knownIndex(of: erased.id) else { return }
        var followers: Set<UserIndex> = []
        for loop in core.loops {
            followers.formUnion((try? await loop.ask { $0.followers(ofErased: user) }) ?? [])
        }
        for follower in followers { engine.unfriend(user, follower, kind: .stopped) }
        if !engine.users.isErased(user) { engine.erase(user, epoch: erased.epoch) }
        core.people[user] = nil
        core.loops[0].execute { $0.withdrawFromStrangers(user) }
        await onEachLoop { $0.endSessions(of: user, code: .revoked) }
    }

    /// Returns when all loops have done it. A loop that is gone has no sessions.
    private func onEachLoop(_ body: @escaping @Sendable (ServerLoop) -> Void) async {
        for loop in core.loops { _ = try? await loop.ask(body) }
    }
}
