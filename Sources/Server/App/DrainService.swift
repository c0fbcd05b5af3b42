import Logging
import NIOCore
import ServiceLifecycle

/// The graceful stop of what faces clients: every one is told to reconnect, at a moment of its own, and closed with
/// 1012. Until this ends the port stays open, `/readyz` says 503 and REST is answered; then the server stops.
struct DrainService: Service {
    /// How often connections are counted.
    private static let look: Duration = .milliseconds(20)

    let core: ServerCore
    let forcedEnd: ForcedEnd?

    func run() async throws {
        let order = core.drainOrder
        let origin = await withGracefulShutdownHandler {
            await order.wait()
        } onGracefulShutdown: {
            order.give(.stop)
        }
        guard let origin else { return }
        forcedEnd?.after(core.settings.drainNotice + Limits.stopLimit)
        let begun = ContinuousClock.now
        let clients = await connectionCount()
        for loop in core.loops { loop.execute { $0.drain() } }
        core.logger.notice("draining: clients are told to reconnect", metadata: ["connections": "\(clients)"])
        // Nobody has to hear of the end of a server without clients, unless somebody has asked for a drain.
        if clients > 0 || origin == .operators {
            try? await Task.sleep(until: begun + core.settings.drainNotice, clock: .continuous)
        }
        await waitUntilEmpty(until: begun + core.settings.drainNotice + Limits.stopWait)
    }

    private func connectionCount() async -> Int {
        var count = 0
        for loop in core.loops { count += (try? await loop.ask(\.connectionCount)) ?? 0 }
        return count
    }

    private func waitUntilEmpty(until deadline: ContinuousClock.Instant) async {
        while ContinuousClock.now < deadline, await connectionCount() > 0 {
            guard (try? await Task.sleep(for: Self.look)) != nil else { return }
        }
    }
}
