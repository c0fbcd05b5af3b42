import Channels
import Friends
import Logging
import ServiceLifecycle

/// Lets the changes that other processes made act in this one: reads what the database says of the changed users, and
/// tells the engine and the sessions what is different.
///
/// Own changes are heard again and change nothing. If the database goes away for too long, sessions end, because
/// nobody knows whom they may still see.
struct ChangeFollower: Service {
    let core: ServerCore
    let database: CommonDatabase
    private let queue = RelationQueue()

    init(core: ServerCore, database: CommonDatabase) {
        self.core = core
        self.database = database
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await follow() }
                group.addTask { try? await relate() }
                group.addTask { try? await watch() }
                await group.waitForAll()
            }
        }
    }

    // MARK: Users

    private func follow() async {
        for await news in database.feed {
            let since = database.heard(news)
            guard (try? await apply(news.users, since: since)) != nil else { return }
            database.applied()
        }
    }

    /// Goes on until everything was read, however long the database does not answer. Throws when cancelled.
    private func apply(_ changed: ChangedUsers, since: Int64) async throws {
        var rest = users(changed)[...]
        var withSessions: [UserID] = []
        var log = FailureLog("changed users cannot be read", core.logger)
        while !rest.isEmpty {
            do {
                let part = Array(rest.prefix(Limits.changesAtOnce))
                withSessions += try await Changes(core: core).catchUp(on: part, from: database)
                rest = rest.dropFirst(part.count)
                log.succeed()
            } catch {
                log.fail(error)
                try await CommonDatabase.pause()
            }
        }
        queue.add(withSessions, since: since)
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

    // MARK: Relations

    /// Reads the accounts of those who have sessions, which is most of the work. Throws when cancelled.
    private func relate() async throws {
        var size = Limits.relationsAtOnce
        var log = FailureLog("accounts of changed users cannot be read", core.logger)
        for await _ in queue.wakeUps {
            while let batch = queue.take(size) {
                do {
                    try await Changes(core: core).relate(batch.users, from: database)
                    size = min(2 * size, Limits.relationsAtOnce)
                    log.succeed()
                } catch {
                    log.fail(error)
                    queue.giveBack(batch)
                    // Perhaps that was more than the database can read in time.
                    size = max(1, size / 4)
                    try await CommonDatabase.pause()
                }
            }
        }
    }

    // MARK: Proof

    private func watch() async throws {
        var pool = FailureLog("the database does not answer", core.logger)
        var feed = FailureLog("changes of other processes cannot be heard", core.logger)
        var unreadable: UInt64 = 0
        while true {
            try await Task.sleep(for: Limits.proofCheck)
            pool.note(database.isReachable ? nil : StoreError(.unavailable, "no connection"))
            feed.note(database.feed.problem)
            noteUnreadable(&unreadable)
            if !database.isProven { endSessions() }
            endOverdue()
        }
    }

    private func noteUnreadable(_ before: inout UInt64) {
        let rows = database.unreadableRows
        if rows > before {
            core.logger.error(
                "rows of the database cannot be read and were passed over", metadata: ["rows": "\(rows - before)"])
        }
        before = rows
    }

    private func endSessions() {
        for loop in core.loops { loop.execute { $0.endUnproven() } }
    }

    /// All changes were told, but nobody came to read whom these users may see.
    private func endOverdue() {
        let overdue = queue.takeOverdue(since: core.clock.monotonicMilliseconds() - Limits.unprovenMilliseconds)
        if overdue.isEmpty { return }
        let users = Set(overdue.map(core.engine.users.index))
        for loop in core.loops { loop.execute { $0.endUnproven(of: users) } }
    }
}
