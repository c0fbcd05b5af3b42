import Channels
import Geo
import NIOCore
import Strangers
import WebSocket

/// What one event loop owns: its shard, its connections, its frame buffer and its timers.
///
/// Not `Sendable`: made on the loop and never leaves it; others reach it by its ``LoopHandle``.
final class ServerLoop {
    let core: ServerCore
    let index: Int
    let eventLoop: any EventLoop
    var handle: LoopHandle { core.loops[index] }
    let shard: Shard
    /// Set at the end of `init`, because it needs the loop as its host.
    private(set) var strangers: StrangerShard!
    let webSockets: WebSocketLoop
    private(set) lazy var echoSockets = WebSocketLoop(eventLoop: eventLoop, limits: .echo)
    private(set) lazy var echoFrame = FrameBuffer()
    let wire = Wire(frame: FrameBuffer(capacity: 64 * 1024))
    let friends: FriendsEncoder
    let changes: Changes

    /// Every connection that is not closed, by place; `nil` for a free place.
    private var connections: ContiguousArray<Session?> = []
    private var tenancies: ContiguousArray<UInt32> = []
    private var freePlaces: [Int] = []
    /// The welcomed sessions, by their index in the shard.
    private var sessions: ContiguousArray<Session?> = []
    private var deadlines: Deadlines
    /// Sessions with a location that waits for its turn.
    private var held: [Session] = []

    private var isTickScheduled = false
    private var timer: Scheduled<Void>?
    private var timerDue: Int64 = .max
    var sweeper: RepeatedTask?
    var counters = EdgeCounters()
    /// When the current tick began, monotonic milliseconds.
    private(set) var tickedAt: Int64 = 0

    init(core: ServerCore, index: Int) {
        self.core = core
        self.index = index
        eventLoop = core.loops[index].eventLoop
        eventLoop.assertInEventLoop()
        shard = core.engine.makeShard(index)
        webSockets = WebSocketLoop(eventLoop: eventLoop, limits: WebSocketLimits(core.settings))
        friends = FriendsEncoder(
            wire: wire, shard: shard, fragments: FragmentCache(users: core.engine.users), people: core.people)
        changes = Changes(core: core)
        deadlines = Deadlines(now: core.clock.monotonicMilliseconds())
        shard.sink = self
        var generator = SystemRandomNumberGenerator()
        strangers = StrangerShard(
            index: index, shardCount: core.loops.count, settings: core.strangerSettings,
            pseudonyms: core.pseudonyms, process: core.cluster?.process, host: self, relations: self,
            generator: &generator)
    }

    /// Monotonic milliseconds.
    var now: Int64 { core.clock.monotonicMilliseconds() }
    /// Now, by both clocks.
    var moment: Moment { Moment(monotonic: now, wall: core.clock.wallMilliseconds()) }
    var connectionCount: Int { connections.count - freePlaces.count }

    // MARK: The tick

    /// Called after anything that may have given the shard work: what all events of one pass of the
    /// event loop have caused is flushed together, at its end.
    func workDone() {
        if shard.hasWork {
            guard !isTickScheduled else { return }
            isTickScheduled = true
            core.loops[index].wake()
        } else {
            setTimer()
        }
    }

    func tick() {
        isTickScheduled = false
        let moment = self.moment
        tickedAt = moment.monotonic
        strangers.tick(at: moment)
        shard.tick(now: moment.monotonic) { strangers.receive($0, at: moment) }
        if shard.hasWork { return workDone() }
        setTimer()
    }

    /// Wakes the loop when the shard has something to do only because time has passed.
    private func setTimer() {
        let due = min(shard.nextDue ?? .max, strangers.nextDue ?? .max)
        guard due < timerDue else { return }
        timer?.cancel()
        timerDue = due
        timer = eventLoop.scheduleTask(in: .milliseconds(max(1, due - now))) { [handle = core.loops[index]] in
            handle.withLoop { $0.timerFired() }
        }
    }

    func cancelTimer() { timer?.cancel() }

    private func timerFired() {
        timer = nil
        timerDue = .max
        tick()
    }

    // MARK: Connections

    /// Gives a new connection its place.
    func add(_ session: Session) -> Deadlines.Entry {
        let place: Int
        if let free = freePlaces.popLast() {
            place = free
            connections[place] = session
            tenancies[place] &+= 1
        } else {
            place = connections.count
            connections.append(session)
            tenancies.append(0)
        }
        counters.opened += 1
        return Deadlines.Entry(place: place, tenancy: tenancies[place])
    }

    func remove(_ session: Session) {
        connections[session.entry.place] = nil
        freePlaces.append(session.entry.place)
    }

    func remind(_ session: Session, at deadline: Int64) {
        deadlines.remind(session.entry, at: deadline)
    }

    /// Once a second: whoever said no hello in time, or whose token has expired.
    func sweep() {
        let now = self.now
        for entry in deadlines.due(now: now) where tenancies[entry.place] == entry.tenancy {
            connections[entry.place]?.deadlineReached(now: now)
        }
        workDone()
    }

    // MARK: Held locations

    /// Sees to it that a session's held location is taken when its turn has come.
    func hold(_ session: Session) {
        held.append(session)
        guard held.count == 1 else { return }
        scheduleHeld()
    }

    private func scheduleHeld() {
        eventLoop.scheduleTask(in: Limits.heldLocationCheck) { [handle = core.loops[index]] in
            handle.withLoop { $0.takeHeld() }
        }
    }

    private func takeHeld() {
        let now = self.now
        held.removeAll { $0.takeHeldLocation(now: now) }
        if !held.isEmpty { scheduleHeld() }
        workDone()
    }

    // MARK: Sessions

    /// Names the session that a shard's index stands for.
    func setSession(_ session: Session?, at index: UInt32) {
        let index = Int(index)
        if index >= sessions.count {
            sessions.append(contentsOf: repeatElement(nil, count: index + 1 - sessions.count))
        }
        sessions[index] = session
    }

    func session(at index: UInt32) -> Session? {
        Int(index) < sessions.count ? sessions[Int(index)] : nil
    }

    /// Ends every session that a user has on this loop.
    func endSessions(of user: UserIndex, code: CloseCode) {
        for index in shard.sessions(of: user) { session(at: index)?.end(code: code) }
    }

    /// Every connection that is not closed.
    func allConnections() -> [Session] { connections.compactMap { $0 } }
}
