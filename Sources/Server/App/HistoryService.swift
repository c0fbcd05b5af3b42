import Friends
import ServiceLifecycle

/// Writes the history while the server runs, and what is left of it at the end.
struct HistoryService: Service {
    let core: ServerCore

    func run() async throws {
        await withGracefulShutdownHandler {
            await core.writer.run()
        } onGracefulShutdown: {
            core.writer.stop()
        }
    }
}
