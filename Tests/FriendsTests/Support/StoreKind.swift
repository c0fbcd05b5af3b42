import Foundation
import Friends
import TestServers

/// The implementations that every conformance test runs against.
enum StoreKind: CaseIterable {
    case inMemory, sqlite, postgreSQL

    /// PostgreSQL only where it is installed.
    static let allCases: [StoreKind] = [.inMemory, .sqlite] + (PostgreSQLServer.isInstalled ? [.postgreSQL] : [])

    /// Runs `body` with new, empty stores.
    func withStores(
        locationTTL: Duration = StoreLimits.locationTTL, _ body: (Stores) async throws -> Void
    ) async throws {
        switch self {
        case .inMemory:
            try await body(.inMemory(locationTTL: locationTTL))
        case .sqlite:
            try await withTemporaryFolder { folder in
                try await body(.sqlite(at: folder + "/test.sqlite", locationTTL: locationTTL))
            }
        case .postgreSQL:
            try await withDatabase(locationTTL: locationTTL) { try await body($0.stores) }
        }
    }
}

/// Runs `body` with the path of a new folder, which is removed afterwards. In memory where the system has
/// such a place: the tests commit thousands of times, and a disk takes milliseconds to sync.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    let memory = URL(filePath: "/dev/shm", directoryHint: .isDirectory)
    let isWritable = FileManager.default.isWritableFile(atPath: memory.path)
    let parent = isWritable ? memory : FileManager.default.temporaryDirectory
    let folder = parent.appending(path: "nearby-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
}
