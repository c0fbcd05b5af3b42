public import Channels
public import Logging
public import NIOCore

/// The newest location of every user, kept in Redis for as long as it counts: for those who come in at another process,
/// and for a process that starts.
///
/// Any thread may call anything here, and nothing blocks. Writes of one tick leave in one write a server; while one waits
/// the newest state of a user replaces it, and what a lost server did not acknowledge is written again when it is back.
///
/// **The newest stays.** The server itself compares, in one step, and takes nothing that is older than what it has: by
/// epoch, within an epoch by timestamp. Of all writes of all processes the newest is what is read, in whatever order and
/// however late they come: a process whose connection was away does not put back what others have replaced.
///
/// **Who is hidden stays hidden.** A state that may not be shown, because the user stopped sharing or was erased, is kept
/// as a tombstone: its epoch, without a place or a time. It is above every location of its epoch and of those before, so
/// only a change of sharing after it ends it. It lives as long as a location that is heard when it is written. A location
/// that was heard before is over by then, so it never comes back; one that another process heard later, not knowing of
/// the change, does not as long as the tombstone lives, which is longer by far than the change takes to get there.
///
/// Both hold as long as the server remembers: one that was restarted, a replica that was promoted before it had heard, or
/// a server new in the ring knows what it is told from then on. So whoever reads should know the epoch from elsewhere as
/// well: an older state changes nothing then.
public final class RedisCache: Sendable {
    private let loop: any EventLoop
    private let inbox: Inbox<CacheOrder>
    private let snapshot: LoopSnapshot<CacheCounters>
    /// Made on the loop, before anything else happens there.
    private let core: NIOLoopBoundBox<CacheCore?>

    /// - Parameters:
    ///   - loop: the one that all connections live on.
    ///   - clock: monotonic milliseconds, the clock of ``UserState/heard``.
    /// - Throws: when the settings contradict each other, a certificate cannot be loaded, or the ring is not allowed.
    public init(
        ring: BusRing, settings: BusSettings = BusSettings(), on loop: any EventLoop,
        clock: @escaping @Sendable () -> Int64 = BusClock.system, logger: Logger
    ) throws(BusError) {
        try settings.check()
        try ring.check(settings)
        let connector = try RedisConnector.sockets(settings)
        let snapshot = LoopSnapshot(ring, CacheCounters(), now: clock())
        let core = NIOLoopBoundBox<CacheCore?>.makeEmptyBox(eventLoop: loop)
        self.loop = loop
        self.snapshot = snapshot
        self.core = core
        inbox = Inbox(loop)
        loop.execute {
            let environment = LinkEnvironment(
                loop: loop, settings: settings, connector: connector, clientName: "nearby-cache")
            core.value = CacheCore(
                ring: ring, clock: clock, logger: logger, environment: environment, snapshot: snapshot)
        }
    }

    /// Connects.
    ///
    /// - Parameter onChange: called on the loop when a server comes or goes. One that is up again may have forgotten
    ///   everything: store again what the process holds.
    public func start(onChange: @escaping @Sendable (BusServer) -> Void = { _ in }) { leave(.start(onChange)) }

    /// Writes what waits, for at most a second, and closes every connection.
    public func stop() -> EventLoopFuture<Void> {
        let promise = loop.makePromise(of: Void.self)
        leave(.stop(promise))
        return promise.futureResult
    }

    /// Keeps a user's newest state until its lifetime is over. One that may not be shown is kept without its place.
    public func store(_ state: UserState, of user: UserID) { leave(.store(state, user)) }

    /// Reads users in one go a server. Never fails: who is not answered for in time is ``CacheAnswer/unknown``.
    public func fetch(_ users: [UserID], within time: Duration) -> EventLoopFuture<CacheAnswer> {
        let promise = loop.makePromise(of: CacheAnswer.self)
        leave(.fetch(users, within: time, promise))
        return promise.futureResult
    }

    /// Changes the ring. During `overlap` users that move are written to and read from the old place as well; store again
    /// what the process holds, so that those who are still are at the new place before it ends.
    public func setRing(_ ring: BusRing, overlap: Duration) { leave(.change(ring, overlap: overlap)) }

    /// As they were a moment ago: at most 20 ms while anything happens.
    public var counters: CacheCounters { snapshot.counters }

    /// The servers of the ring, and during an overlap those of former rings, by name.
    public var servers: [BusServer] { snapshot.servers }

    private func leave(_ order: CacheOrder) {
        inbox.leave(order) { [self] in core.value?.look(inbox) }
    }
}
