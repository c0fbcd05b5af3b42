import ServiceLifecycle

/// Follows the rings while the server runs.
struct RingService: Service {
    let keeper: RingKeeper
    let cluster: Cluster

    func run() async throws {
        let task = Task { await keeper.run(cluster) }
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await task.value
            } onGracefulShutdown: {
                task.cancel()
            }
        } onCancel: {
            task.cancel()
        }
    }
}
