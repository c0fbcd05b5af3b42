public import Channels
public import Geo
public import Logging
public import NIOCore

/// Carries states between server processes over Redis: published once by whoever accepted them, heard by every process
/// that has subscribed to the user's or the cell's channel.
///
/// Any thread may call anything here, and nothing blocks: what is to be done is left for one event loop, which owns two
/// connections to every server of the ring, one to publish on and one to hear. What was published in one tick leaves in
/// one write a server; while it waits the newest state of a user replaces the one before.
///
/// What a server did not acknowledge, because it was lost, is published again when it is back, the newest state a user.
/// What a process did not hear meanwhile it is told by ``BusDelegate/busRestored(_:)``.
public final class RedisBus: Sendable {
    private let loop: any EventLoop
    private let inbox: Inbox<BusOrder>
    private let snapshot: LoopSnapshot<BusCounters>
    /// Made on the loop, before anything else happens there.
    private let core: NIOLoopBoundBox<BusCore?>

    /// - Parameters:
    ///   - process: tells the own messages from others': different for each process.
    ///   - loop: the one that all connections and the delegate live on.
    ///   - clock: monotonic milliseconds, the clock of ``UserState/heard``.
    /// - Throws: when the settings contradict each other, a certificate cannot be loaded, or the ring is not allowed.
    public convenience init(
        ring: BusRing, settings: BusSettings = BusSettings(),
        process: UInt64 = .random(in: .min ... .max), on loop: any EventLoop,
        clock: @escaping @Sendable () -> Int64 = BusClock.system, logger: Logger
    ) throws(BusError) {
        try settings.check()
        try ring.check(settings)
        let connector = try RedisConnector.sockets(settings)
        let identity = BusIdentity(process: process, clock: clock, logger: logger)
        self.init(ring, identity, on: loop) { snapshot in
            let environment = LinkEnvironment(
                loop: loop, settings: settings, connector: connector, clientName: identity.clientName)
            return BusCore(ring: ring, identity: identity, environment: environment, snapshot: snapshot)
        }
    }

    init(
        _ ring: BusRing, _ identity: BusIdentity, on loop: any EventLoop,
        makeCore: @escaping @Sendable (LoopSnapshot<BusCounters>) -> BusCore
    ) {
        self.loop = loop
        inbox = Inbox(loop)
        let snapshot = LoopSnapshot(ring, BusCounters(), now: identity.clock())
        let core = NIOLoopBoundBox<BusCore?>.makeEmptyBox(eventLoop: loop)
        self.snapshot = snapshot
        self.core = core
        loop.execute { core.value = makeCore(snapshot) }
    }

    // MARK: From start to stop

    /// Connects. The delegate is held until the bus is stopped.
    public func start(delegate: any BusDelegate) { leave(.start(delegate)) }

    /// Publishes what waits, for at most a second, and closes every connection.
    public func stop() -> EventLoopFuture<Void> {
        let promise = loop.makePromise(of: Void.self)
        leave(.stop(promise))
        return promise.futureResult
    }

    // MARK: Publishing

    /// Publishes a user's newest state on the user's channel.
    public func publish(_ state: UserState, of user: UserID) {
        leave(.publish(.state(state), .user(user)))
    }

    /// Publishes all that there is to say of a user in a cell: while it waits, the next record of the same user in the
    /// same cell replaces it, whatever its kind.
    public func publish(_ record: Record, of user: UserID, in cell: Geohash) {
        leave(.publish(.records([user: record]), .cell(cell)))
    }

    // MARK: Subscribing

    /// Wants channels to be heard. Once a channel: the caller counts who is interested. A channel that is wanted already
    /// gets the new tag.
    public func subscribe(_ interests: [BusInterest]) { leave(.subscribe(interests)) }

    /// Wants channels no more. What still comes of them is thrown away.
    public func unsubscribe(_ channels: [BusChannel]) { leave(.unsubscribe(channels)) }

    /// Succeeds once Redis has acknowledged all of them, or with those that it has not when their server is down or the
    /// time is over. Never fails.
    public func whenAcknowledged(_ channels: [BusChannel], within time: Duration) -> EventLoopFuture<BusReadiness> {
        let promise = loop.makePromise(of: BusReadiness.self)
        leave(.wait(channels, within: time, promise))
        return promise.futureResult
    }

    // MARK: The ring

    /// Changes the ring without a loss, as long as every process hears of it within `overlap`: until then what moves is
    /// published and heard at the old and at the new place. Several changes in a row end in the last.
    public func setRing(_ ring: BusRing, overlap: Duration) { leave(.change(ring, overlap: overlap)) }

    // MARK: Watching

    /// As they were a moment ago: at most 20 ms while anything happens.
    public var counters: BusCounters { snapshot.counters }

    /// The servers of the ring, and those that are still needed of former rings, by name.
    public var servers: [BusServer] { snapshot.servers }

    private func leave(_ order: BusOrder) {
        inbox.leave(order) { [self] in core.value?.look(inbox) }
    }
}
