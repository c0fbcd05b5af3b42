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
            for common in found where isNewlyErased(common) {
                await forget(common.user.id, epoch: common.erasedEpoch)
            }
            for id in Set(users).subtracting(found.map(\.user.id)) { await conceal(id) }
            let active = found.map(\.user).filter { !$0.isErased }
            _ = core.know(active)
            withdrawFromStrangers(active.filter { !$0.sharing }.map { engine.users.index(of: $0.id) })
            return active.map(\.id).filter { core.sessionCounts.count(of: engine.users.index(of: $0)) > 0 }
        }
    }

    /// Also who was erased and made again since this process read of it: whoever is there now is somebody else. The engine's
    /// epoch would not tell, because a session may have raised it by now.
    private func isNewlyErased(_ common: CommonUser) -> Bool {
        if common.user.isErased { return true }
        guard let user = engine.users.knownIndex(of: common.user.id), let person = core.people[user] else {
            return false
        }
        return person.epoch < common.erasedEpoch
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

    /// Somebody who is not there, or whose row only a newer program can read, and who then may have been hidden by it:
    /// no session of it or of its friends goes on with what was known.
    private func conceal(_ id: UserID) async {
        guard let user = engine.users.knownIndex(of: id),
            engine.isInterested(in: user) || core.sessionCounts.count(of: user) > 0
        else { return }
        await forget(id, epoch: nil)
    }

    /// What ``erase(_:)`` does, for a user whom another process erased. Without an epoch it may come back as it was.
    private func forget(_ id: UserID, epoch: UInt32?) async {
        guard let user = engine.users.knownIndex(of: id) else { return }
        var followers: Set<UserIndex> = []
        for loop in core.loops {
            followers.formUnion((try? await loop.ask { $0.followers(ofErased: user) }) ?? [])
        }
        for follower in followers { engine.unfriend(user, follower, kind: .stopped) }
        if let epoch, !engine.users.isErased(user) { engine.erase(user, epoch: epoch) }
        core.people[user] = nil
        core.loops[0].execute { $0.withdrawFromStrangers(user) }
        await onEachLoop { $0.endSessions(of: user, code: epoch == nil ? .restart : .revoked) }
    }

    /// Returns when all loops have done it. A loop that is gone has no sessions.
    private func onEachLoop(_ body: @escaping @Sendable (ServerLoop) -> Void) async {
        for loop in core.loops { _ = try? await loop.ask(body) }
    }
}
