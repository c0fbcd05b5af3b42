import Foundation
import Testing

@testable import Friends

@Suite struct StoreErrorTests {
    @Test func ofTheDriversErrorsOnlyTheCodeIsKept() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/secret.sqlite"
            try Data(repeating: 7, count: 5_000).write(to: URL(filePath: path))
            let error = #expect(throws: StoreError.self) { try SQLiteStore(path: path, locationTTL: .zero) }
            #expect(error?.description == "unavailable: open: SQLite code 26")
        }
    }

    @Test func aStoresOwnErrorStaysAsItIs() {
        let error = StoreError(.tooManyFriends, "befriend")
        #expect(StoreError(error, in: "import") == error)
    }

    @Test func otherErrorsAreNamedByTheirTypeOnly() {
        struct Leaky: Error { let secret = "secret" }
        let translated = StoreError(Leaky(), in: "put")
        #expect(translated == StoreError(.unavailable, "put: Leaky"))
    }
}
