import Channels
import Foundation
import Friends
import Geo
import Testing

@Suite struct SQLiteFileTests {
    @Test func onlyTheOwnerReadsTheFiles() async throws {
        try await withTemporaryFolder { folder in
            let stores = try Stores.sqlite(at: folder + "/test.sqlite")
            _ = try await stores.users.ensure("ann")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(files.sorted() == ["test.sqlite", "test.sqlite-shm", "test.sqlite-wal"])
            for file in files {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + file)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
            }
        }
    }

    @Test func whatIsNoDatabaseIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/test.sqlite"
            try Data(repeating: 7, count: 5_000).write(to: URL(filePath: path))
            await expectError(.unavailable) { _ = try Stores.sqlite(at: path) }
            await expectError(.unavailable) { _ = try Stores.sqlite(at: folder + "/missing/test.sqlite") }
            await expectError(.unavailable) { _ = try Stores.sqlite(at: folder) }
        }
    }

    @Test func anErasedUserIsOverwritten() async throws {
        try await withTemporaryFolder { folder in
            let stores = try Stores.sqlite(at: folder + "/test.sqlite")
            let canary = Canary()
            try await canary.fill(stores)
            try #require(canary.traces(of: .name, in: folder) > 0)
            try #require(canary.traces(of: .avatar, in: folder) > 0)
            try #require(canary.traces(of: .place, in: folder) > Canary.points)
            try await stores.users.erase("ann")
            #expect(try canary.traces(of: .name, in: folder) == 0)
            #expect(try canary.traces(of: .avatar, in: folder) == 0)
            #expect(try canary.traces(of: .place, in: folder) < Canary.pointsLeftBySplits)
        }
    }

    @Test func aDeletedHistoryIsOverwritten() async throws {
        try await withTemporaryFolder { folder in
            let stores = try Stores.sqlite(at: folder + "/test.sqlite")
            let canary = Canary()
            try await canary.fill(stores)
            try await stores.history.deletePoints(of: "ann")
            #expect(try canary.traces(of: .place, in: folder) < Canary.pointsLeftBySplits)
            #expect(try canary.traces(of: .name, in: folder) > 0)
        }
    }
}

/// Values that are easy to find again in the bytes of a file.
private struct Canary {
    enum Trace {
        case name, avatar, place
    }

    static let points = 2_000
    /// SQLite overwrites a deleted row, but not the copies that remain in the unused part of a page after
    /// it split: a few rows of many.
    static let pointsLeftBySplits = points / 100

    private let name = "Canary-Name-7f3a"
    private let avatar = "https://canary.example/91c2"
    private let place = Coordinate(latitudeE7: 0x1357_9BDF, longitudeE7: 0x2468_ACE0)!

    func fill(_ stores: Stores) async throws {
        try await stores.users.put(Profile(id: "ann", name: name, avatarURL: avatar))
        _ = try await stores.users.ensure("bob")
        let points = (1...Self.points).flatMap { ts in
            [
                HistoryPoint(location("ann", ts: Int64(ts), coordinate: place)),
                HistoryPoint(location("bob", ts: Int64(ts))),
            ]
        }
        try await stores.history.append(points)
        try await stores.cache.store([location("ann", ts: 1, coordinate: place)])
    }

    /// How often the value is in any file of the folder.
    func traces(of trace: Trace, in folder: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { count, file in
            var rest = try Data(contentsOf: URL(filePath: folder + "/" + file))[...]
            var count = count
            while let found = rest.firstRange(of: bytes(of: trace)) {
                count += 1
                rest = rest[found.upperBound...]
            }
            return count
        }
    }

    private func bytes(of trace: Trace) -> Data {
        switch trace {
        case .name: Data(name.utf8)
        case .avatar: Data(avatar.utf8)
        // SQLite stores integers with the highest byte first.
        case .place: withUnsafeBytes(of: place.latitudeE7.bigEndian) { Data($0) }
        }
    }
}
