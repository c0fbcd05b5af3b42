import Channels
import Foundation
import Friends
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct SQLiteDurabilityTests {
    @Test func whatWasAcknowledgedSurvivesKill9() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/test.sqlite"
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let stores = try Stores.sqlite(at: path)
                try await stores.users.put(Profile(id: "gone", name: "Gone"))
                try await stores.friendships.befriend("ann", "bob")
                try await stores.friendships.befriend("ann", "carl")
                try await stores.friendships.unfriend("ann", "carl")
                try await stores.blocks.block("eve", by: "ann", as: .user, now: 0)
                try await stores.users.setSharing(false, of: "ann")
                try await stores.users.erase("gone")
                try await stores.history.append([point("ann", ts: 1)])
                kill(getpid(), SIGKILL)
            }
            let stores = try Stores.sqlite(at: path)
            let account = try await stores.users.account(of: "ann")
            #expect(account.friends.map(\.id) == ["bob"] && account.blocked == ["eve"])
            #expect(!account.user.sharing && account.user.epoch == 1)
            #expect(try await stores.users.user("gone")?.isErased == true)
            #expect(try await history(of: "ann", in: stores) == [point("ann", ts: 1)])
        }
    }

    @Test func aDatabaseIsOpenedAgain() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/test.sqlite"
            try await Stores.sqlite(at: path).cache.store([])
            let number = try await Stores.sqlite(at: path).users.ensure("ann").number
            #expect(try await Stores.sqlite(at: path).users.ensure("ann").number == number)
            #expect(try await Stores.sqlite(at: path).users.ensure("bob").number == number + 1)
        }
    }

    @Test func aFullDiskIsAnErrorAndPasses() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/test.sqlite"
            await #expect(processExitsWith: .success) { [path = path as String] in
                signal(SIGXFSZ, SIG_IGN)
                let stores = try Stores.sqlite(at: path)
                _ = try await stores.users.ensure("ann")
                try limitFileSize(to: 100_000)
                let points = (1...10_000).map { point("ann", ts: $0) }
                await expectError(.unavailable) { try await stores.history.append(points) }
                try limitFileSize(to: nil)
                #expect(try await history(of: "ann", in: stores) == [])
                try await stores.history.append(points)
                #expect(try await history(of: "ann", in: stores) == points)
            }
        }
    }
}

/// Bytes that a file of this process may have from now on; `nil`: any number. A stand-in for a full disk.
private func limitFileSize(to bytes: UInt?) throws {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    limit.rlim_cur = bytes.map { rlim_t($0) } ?? limit.rlim_max
    let result = setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    try #require(result == 0)
}
