/// Tells which users changed, in whatever process: at once by notification, and certainly by reading again.
///
/// Every change that commits after the feed was made is told at least once, also across lost connections and
/// restarts of the server. What waits is merged, so a slow reader gets fewer and larger elements. An element
/// names users and not what became of them: read that from the stores, which are ahead of it.
///
/// For one task at a time. It ends when that task is cancelled, with ``stop()``, or with its last reference.
public final class ChangeFeed: AsyncSequence, Sendable {
    public typealias Element = ChangeNews
    public typealias Failure = Never

    private let mailbox: ChangeMailbox
    private let threads: JoinableThreads

    static func start(
        _ url: PostgreSQLURL, _ settings: PostgreSQLSettings, _ unreadable: UnreadableRows
    ) async throws(StoreError) -> ChangeFeed {
        let threads = JoinableThreads()
        do throws(StoreError) {
            return ChangeFeed(try await ChangeListener.start(url, settings, unreadable, in: threads), threads)
        } catch {
            await threads.join()
            throw error
        }
    }

    private init(_ mailbox: ChangeMailbox, _ threads: JoinableThreads) {
        self.mailbox = mailbox
        self.threads = threads
    }

    deinit { mailbox.close() }

    /// Every change that was committed before this moment was taken by the one who reads the feed. It stands still
    /// while the database does not answer: how long ago it is says for how long permissions are unproven.
    public var provenUntil: ContinuousClock.Instant { mailbox.taken }

    /// Why nothing is read now, free of user data; `nil` while all is well.
    public var problem: StoreError? { mailbox.problem }

    /// Ends the feed and its connection, and returns when both have ended. A reading, or an attempt to connect, under way
    /// ends first, within the settings' times.
    public func stop() async {
        mailbox.close()
        await threads.join()
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(feed: self) }

    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let feed: ChangeFeed

        public func next() async -> ChangeNews? { await feed.mailbox.take() }

        public func next(isolation actor: isolated (any Actor)?) async -> ChangeNews? {
            await feed.mailbox.take()
        }
    }
}
