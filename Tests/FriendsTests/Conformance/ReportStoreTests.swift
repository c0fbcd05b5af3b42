import Friends
import Testing

@Suite struct ReportStoreTests {
    @Test(arguments: StoreKind.allCases)
    func newestFirstInPages(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let reports = (1...3).map { at in
                Report(reporter: "ann", reported: "ghost", naming: .sid("p\(at)"), reason: "r\(at)", at: Int64(at))
            }
            for report in reports { try await stores.reports.append(report) }
            let first = try await stores.reports.reports(limit: 2, before: nil)
            #expect(first.items.map(\.report) == [reports[2], reports[1]] && first.hasMore)
            let last = try await stores.reports.reports(limit: 2, before: first.items[1].number)
            #expect(last.items.map(\.report) == [reports[0]] && !last.hasMore)
            #expect(try await stores.users.user("ghost") == nil)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func lengthOfTheReason(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let reason = String(repeating: "r", count: StoreLimits.maximumReasonLength)
            try await stores.reports.append(
                Report(reporter: "ann", reported: "bob", naming: .user, reason: reason, at: 0))
            await expectError(.invalid) {
                try await stores.reports.append(
                    Report(reporter: "ann", reported: "bob", naming: .user, reason: reason + "r", at: 0))
            }
            await expectError(.invalid) {
                try await stores.reports.append(
                    Report(reporter: "ann", reported: "bob", naming: .user, reason: "\0", at: 0))
            }
            #expect(try await stores.reports.reports(limit: 9, before: nil).items.count == 1)
        }
    }
}
