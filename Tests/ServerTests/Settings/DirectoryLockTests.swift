import Testing

@testable import Server

@Suite struct DirectoryLockTests {
    @Test func oneServerADirectory() throws {
        let directory = try TemporaryDirectory()
        do {
            let lock = try DirectoryLock(directory.path)
            #expect(throws: DirectoryLock.InUse.self) { _ = try DirectoryLock(directory.path) }
            withExtendedLifetime(lock) {}
        }
        #expect(throws: Never.self) { _ = try DirectoryLock(directory.path) }
    }

    @Test func aDirectoryThatIsNone() {
        #expect(throws: SystemFailure.self) { _ = try DirectoryLock("/nonexistent") }
    }

    @Test func aSecondServerDoesNotStart() async throws {
        let directory = try TemporaryDirectory()
        try await LiveServer.run(in: directory.path) { _ in
            await #expect(throws: DirectoryLock.InUse.self) {
                try await LiveServer.run(in: directory.path) { _ in Issue.record("it started") }
            }
        }
        try await LiveServer.run(in: directory.path) { _ in }
    }
}
