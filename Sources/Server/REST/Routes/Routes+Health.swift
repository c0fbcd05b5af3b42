import HTTPTypes
import Synchronization

/// What whoever runs the server asks, and the WebSocket address for those who do not speak it.
extension Routes {
    var healthRoutes: [Route] {
        [
            Route(.get, "/healthz", .open { _ in .json(Array(#"{"status":"ok"}"#.utf8)) }),
            Route(.get, "/readyz", .open { _ in try await ready() }),
            Route(.get, "/metrics", .open { _ in try await metrics() }),
            Route(.get, Upgrade.sessionPath, .open { _ in throw Problem.upgradeRequired }),
        ]
    }

    private func ready() async throws -> Answer {
        guard !core.drainOrder.isGiven else {
            throw Problem.unavailable(.draining, "the server is about to stop")
        }
        guard await probe.answers() else {
            throw Problem.unavailable(.unavailable, "a store does not answer")
        }
        guard core.database?.isProven ?? true else {
            throw Problem.unavailable(.unavailable, "nobody can say now who may see whom")
        }
        return .json(Array(#"{"status":"ready"}"#.utf8))
    }

    private func metrics() async throws -> Answer {
        let figures = try await ServerFigures.read(core, answers: counters, process: process)
        return Answer(
            status: .ok, headers: [.contentType: MetricsText.contentType],
            body: MetricsText.render(figures.metrics))
    }
}
