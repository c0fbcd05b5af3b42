import Foundation
import Friends
import Logging
import Server

/// A server of the replay's own, in this process, in a directory that is gone afterwards.
struct ReplayServer {
    /// What the server is for.
    enum Purpose {
        case plain
        /// Replays in the tracks' own time: everything is told at once, and nobody becomes inactive meanwhile.
        case quiet

        fileprivate var flags: [SettingName: String] {
            switch self {
            case .plain: [:]
            case .quiet: [.minimumInterval: "0ms", .threads: "1", .inactive: "7d"]
            }
        }
    }

    /// Runs `body` while the server serves.
    static func withServer<T: Sendable>(
        friendships: String, for purpose: Purpose = .plain,
        body: @escaping @Sendable (_ port: Int, _ settings: Settings) async throws -> T
    ) async throws -> T {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("nearby-replay-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        // A replay sends as fast as it goes; what the rate would hold back would only be skipped.
        let settings = try Settings.load(
            flags: [
                .port: "0", .data: directory, .messageRate: "100000", .messageBurst: "1000000", .drain: "0s",
                .drainNotice: "0s",
            ].merging(purpose.flags) { $1 }, environment: [:]
        ).settings
        try DataDirectory.make(directory)
        let stores = try Stores.sqlite(at: DataDirectory.database(in: directory))
        _ = try await FriendshipImport(store: stores.friendships).run(path: friendships)
        var logger = Logger(label: "nearby")
        logger.logLevel = .warning
        let (ports, port) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        return try await withThrowingTaskGroup(of: T?.self) { tasks in
            tasks.addTask { [logger] in
                defer { port.finish() }
                try await NearbyServer(settings: settings, logger: logger).run { port.yield($0.port) }
                return nil
            }
            tasks.addTask {
                guard let port = await ports.first(where: { _ in true }) else { return nil }
                return try await body(port, settings)
            }
            defer { tasks.cancelAll() }
            while let result = try await tasks.next() {
                if let result { return result }
            }
            throw ReplayError("the server did not start")
        }
    }
}
