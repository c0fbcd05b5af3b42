import Testing

@testable import NearbyClient

@Suite struct ChangeMailboxTests {
    private let snapshot = NearbySnapshot(
        connection: ConnectionState(phase: .online, attempt: 0), settings: nil, position: nil,
        friends: ["a", "b"].map { id in
            Friend(id: id, profile: nil, fix: Fix(position: Samples.at(1, 2), timestamp: 3), distance: 4)
        },
        total: 2, hasMore: false, strangers: .off(reason: nil))

    /// Whoever does not look for a while finds one change with all of it, and nothing after it.
    @Test func newsAreFoldedUntilTheyAreTaken() {
        let mailbox = ChangeMailbox()
        #expect(mailbox.poll { snapshot } == nil)
        for id in ["a", "b"] {
            var news = NewsDigest()
            news.entered(id)
            mailbox.put(news) { snapshot }
        }
        #expect(mailbox.poll { snapshot }?.entered.map(\.id) == ["a", "b"])
        #expect(mailbox.poll { snapshot } == nil)
    }
}
