import Channels
import Friends
import Logging
import ServiceLifecycle

/// Lets the changes that other processes made act in this one: reads what the stores say of the changed users, and tells
/// the engine and the sessions what is different.
///
/// Own changes are heard again and change nothing. If the database goes away for too long, sessions end, because
/// nobody knows whom they may still see.
struct ChangeFollower: Service {
    let core: ServerCore
    let database: CommonDatabase

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await follow() }
                group.addTask { try? await watch() }
                await group.waitForAll()
            }
        }
    }

    // MARK: Changes

    private func follow() async {
        for await changed in database.feed {
            database.heard()
            guard (try? await apply(changed)) != nil else { return }
            database.applied()
        }
    }

    /// Goes on until everything was read, however long the database does not answer. Throws when cancelled.
    private func apply(_ changed: ChangedUsers) async throws {
        var rest = users(changed)[...]
        while !rest.isEmpty {
            do {
                try await Changes(core: core).catchUp(on: Array(rest.prefix(Limits.changesAtOnce)))
                rest = rest.dropFirst(Limits.changesAtOnce)
            } catch {
                try await CommonDatabase.pause()
            }
        }
    }

    /// Whoever this process has never heard of is read when somebody asks for them.
    private func users(_ changed: ChangedUsers) -> [UserID] {
        let table = core.engine.users
        switch changed {
        case .some(let users):
            return users.filter { table.knownIndex(of: $0) != nil }
        case .everyone:
            let all = 1..<UserIndex(table.count + 1)
            return all.filter { core.engine.isInterested(in: $0) }.map(table.id)
        }
    }

    // MARK: Proof

    private func watch() async throws {
        var wasReachable = true
        while true {
            try await Task.sleep(for: Limits.proofCheck)
            let isReachable = database.isReachable
            if isReachable != wasReachable {
                if isReachable { core.logger.notice("the database is back") }
                if !isReachable { core.logger.warning("the database does not answer") }
            }
            wasReachable = isReachable
            if !database.isProven { endSessions() }
        }
    }

    private func endSessions() {
        for loop in core.loops { loop.execute { $0.endUnproven() } }
    }
}
