import Friends
import Logging
import ServiceLifecycle

/// Forgets, once an hour, what has been kept long enough.
struct RetentionService: Service {
    private static let interval: Duration = .seconds(3_600)

    let core: ServerCore

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await forget()
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    private func forget() async {
        let now = core.clock.wallMilliseconds()
        do {
            try await core.stores.history.deletePoints(olderThan: core.settings.history.retention, now: now)
            try await core.stores.cache.removeExpired(now: now)
        } catch {
            core.logger.warning("old history could not be deleted", metadata: ["error": "\(error)"])
        }
    }
}
