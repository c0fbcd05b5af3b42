import NIOCore
import ServiceLifecycle
import Synchronization

/// The graceful stop: every client is told to reconnect, at a moment of its own, and closed with 1012.
struct DrainService: Service {
    let core: ServerCore

    func run() async throws {
        try await gracefulShutdown()
        core.isDraining.store(true, ordering: .sequentiallyConsistent)
        for loop in core.loops {
            loop.execute { $0.drain() }
        }
        try? await waitUntilEmpty()
    }

    private func waitUntilEmpty() async throws {
        let deadline = ContinuousClock.now + Limits.stopWait
        while ContinuousClock.now < deadline {
            var count = 0
            for loop in core.loops { count += try await loop.ask(\.connectionCount) ?? 0 }
            if count == 0 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
