import Channels
import Friends
import WebSocket

/// What other processes changed.
extension Changes {
    /// Brings what this process knows of `users`, and of whom their sessions may see, to what the stores say now.
    ///
    /// In turn with own changes, and done when every loop has done it: so what was read here is never older than an own
    /// change that was applied before, and a later one finds it applied.
    func catchUp(on users: [UserID]) async throws(StoreError) {
        try await inTurn { () async throws(StoreError) in
            let active = try await stores.users.users(users)
            _ = core.know(active)
            for id in Set(users).subtracting(active.map(\.id)) {
                if let user = try await stores.users.user(id), user.isErased { await forget(user) }
            }
            for user in active {
                let index = engine.users.index(of: user.id)
                if !user.sharing { core.loops[0].execute { $0.withdrawFromStrangers(index) } }
                guard core.sessionCounts.count(of: index) > 0 else { continue }
                try await relate(user.id)
            }
        }
    }

    private func relate(_ id: UserID) async throws(StoreError) {
        guard let account = try await account(id) else { return }
        _ = core.know(account.friends)
        let relations = Relations(account, engine.users)
        await onEachLoop { $0.adopt(relations) }
    }

    /// `nil` if the user was erased just now: that change will be told as well.
    private func account(_ id: UserID) async throws(StoreError) -> Account? {
        do {
            return try await stores.users.account(of: id)
        } catch {
            if error.code == .erased { return nil }
            throw error
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
