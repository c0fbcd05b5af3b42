import Foundation

/// A thread with a connection: takes calls one after the other, and connects again when it has to.
///
/// Not an event loop and not a thread of Swift's tasks, because it blocks. Everything here stays on it.
final class PoolWorker {
    private let url: PostgreSQLURL
    private let settings: PostgreSQLSettings
    private let queue: PoolQueue
    private var connection: PostgreSQLConnection?
    private var jitter = FullJitter()
    private var generator = SystemRandomNumberGenerator()

    /// How often an idle connection is looked at, to notice its end before a call does.
    private static let idleCheck: Duration = .seconds(1)
    /// How often a transaction is tried again that gave way to others.
    private static let collisions = 10

    init(_ url: PostgreSQLURL, _ settings: PostgreSQLSettings, _ queue: PoolQueue) {
        self.url = url
        self.settings = settings
        self.queue = queue
    }

    /// Until the queue is closed, and the call that the worker has then has ended.
    func main() {
        while !queue.isClosed {
            guard connect() else { continue }
            if let call = queue.take(within: Self.idleCheck) {
                queue.counting { serve(call) }
            } else {
                _ = try? connection?.notifications()
            }
            if connection?.isUsable == false { connection = nil }
        }
    }

    /// One attempt, and if it failed others after pauses, until there is a connection or the queue was closed.
    private func connect() -> Bool {
        if connection != nil { return true }
        if reconnect() { return true }
        queue.despair()
        while !queue.isClosed {
            Thread.pause(for: jitter.fail(using: &generator)) { queue.isClosed }
            if reconnect() {
                jitter.succeed()
                queue.hope()
                return true
            }
        }
        return false
    }

    private func reconnect() -> Bool {
        connection = nil
        do {
            connection = try PostgreSQLConnection.open(url, settings, for: .calls)
            return true
        } catch {
            queue.note(error)
            return false
        }
    }

    private func serve(_ call: PoolCall) {
        do {
            let answer = try attempt(call)
            answer()
            tellChanges()
        } catch {
            call.fail(StoreError(postgreSQL: error, in: call.operation))
        }
    }

    /// Tries again what certainly did not happen: what another transaction was preferred to, and what met a
    /// connection that had ended unnoticed.
    private func attempt(_ call: PoolCall) throws -> @Sendable () -> Void {
        var reconnected = false
        var collisions = 0
        while true {
            do {
                guard let connection else { throw PostgreSQLError.lost }
                connection.deadline = call.deadline
                return try call.work(connection)
            } catch PostgreSQLError.lost where !reconnected && reconnect() {
                reconnected = true
            } catch let error as PostgreSQLError where error.isCollision && collisions < Self.collisions {
                collisions += 1
            }
        }
    }

    /// The caller has its answer already. If this fails, the listeners find the changes when they read again.
    private func tellChanges() {
        guard let connection, !connection.untold.isEmpty else { return }
        let notices = connection.untold
        connection.untold = []
        connection.deadline = .now + settings.callTimeout
        _ = try? connection.run(
            notices.map { Query("SELECT pg_notify($1, $2)", .text(ChangeNotice.channel), .text($0.payload)) })
    }
}
