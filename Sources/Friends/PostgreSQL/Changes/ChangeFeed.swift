/// Tells which users changed, in whatever process: at once by notification, and certainly by reading again.
///
/// Every change that commits after the feed was made is told at least once, also across lost connections and
/// restarts of the server. What waits is merged, so a slow reader gets fewer and larger elements. An element
/// names users and not what became of them: read that from the stores, which are ahead of it.
///
/// For one task at a time. It ends when that task is cancelled, with ``stop()``, or with its last reference.
public final class ChangeFeed: AsyncSequence, Sendable {
    public typealias Element = ChangedUsers
    public typealias Failure = Never

    private let mailbox: ChangeMailbox

    static func start(
        _ url: PostgreSQLURL, _ settings: PostgreSQLSettings
    ) async throws(StoreError) -> ChangeFeed {
        ChangeFeed(try await ChangeListener.start(url, settings))
    }

    private init(_ mailbox: ChangeMailbox) { self.mailbox = mailbox }

    deinit { mailbox.close() }

    /// Every change that was committed before this moment was told, or waits to be taken. It stands still while
    /// the database does not answer: how long ago it is says for how long permissions are unproven.
    public var provenUntil: ContinuousClock.Instant { mailbox.proof }

    /// Ends the feed, its connection and its thread, the latter two within ``PostgreSQLSettings/rereadInterval``.
    public func stop() { mailbox.close() }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(feed: self) }

    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let feed: ChangeFeed

        public func next() async -> ChangedUsers? { await feed.mailbox.take() }

        public func next(isolation actor: isolated (any Actor)?) async -> ChangedUsers? {
            await feed.mailbox.take()
        }
    }
}
