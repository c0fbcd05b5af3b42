internal import Channels
internal import Logging
internal import NIOCore

/// The cache on its event loop.
final class CacheCore {
    /// How often the servers' clocks are read again: two clocks drift apart by seconds in a month.
    static let clockInterval: TimeAmount = .seconds(60)
    static let snapshotDelay: TimeAmount = .milliseconds(10)
    static let stopPatience: TimeAmount = .seconds(1)
    static let stopInterval: TimeAmount = .milliseconds(10)

    let environment: LinkEnvironment
    let clock: @Sendable () -> Int64
    let logger: Logger
    let snapshot: LoopSnapshot<CacheCounters>
    var history: RingHistory
    var places: [Int: CachePlace] = [:]
    var counters = CacheCounters()
    var phase = Phase.new
    var onChange: (@Sendable (BusServer) -> Void)?
    var expiry: Scheduled<Void>?
    var clockTask: Scheduled<Void>?
    var formerCounters = CacheCounters()
    private var numbers = 0
    private var orders: [CacheOrder] = []
    private var touched: Set<Int> = []
    private var isSnapshotDue = false

    enum Phase {
        case new, running, stopping, stopped
    }

    init(
        ring: BusRing, clock: @escaping @Sendable () -> Int64, logger: Logger, environment: LinkEnvironment,
        snapshot: LoopSnapshot<CacheCounters>
    ) {
        self.environment = environment
        self.clock = clock
        self.logger = logger
        self.snapshot = snapshot
        var urls: [RedisURL] = []
        history = RingHistory(ring) { url in
            urls.append(url)
            return urls.count - 1
        }
        for url in urls { _ = number(of: url) }
    }

    var loop: any EventLoop { environment.loop }
    var settings: BusSettings { environment.settings }

    /// The number of a server, which is made if it is new.
    func number(of url: RedisURL) -> Int {
        if let place = places.values.first(where: { $0.url == url }) { return place.number }
        let number = numbers
        numbers += 1
        let form = CacheForm(lifetime: settings.cacheLifetime, clock: clock)
        let pipe = CommandPipe(number: number, url: url, form: form, environment: environment, clock: clock)
        let place = CachePlace(number: number, url: url, form: form, pipe: pipe, now: clock())
        places[number] = place
        if phase == .running { pipe.start(self) }
        return number
    }

    func look(_ inbox: Inbox<CacheOrder>) {
        inbox.take(into: &orders)
        for order in orders { follow(order) }
        orders.removeAll(keepingCapacity: true)
        for number in touched { places[number]?.pipe.pump() }
        touched.removeAll(keepingCapacity: true)
        snapshotLater()
    }

    private func follow(_ order: CacheOrder) {
        switch order {
        case .store(let state, let user): store(state, user)
        case .fetch(let users, let time, let promise): fetch(users, TimeAmount(time), promise)
        case .start(let onChange): start(onChange)
        case .change(let ring, let overlap): change(to: ring, overlap: TimeAmount(overlap))
        case .stop(let promise): stop(promise)
        }
    }

    // MARK: Writing

    private func store(_ state: UserState, _ user: UserID) {
        guard phase == .new || phase == .running else { return }
        history.forEachHome(of: user) { number in
            places[number]?.pipe.put(CacheEntry(state: state), for: user)
            touched.insert(number)
        }
    }

    // MARK: Reading

    private func fetch(_ users: [UserID], _ time: TimeAmount, _ promise: EventLoopPromise<CacheAnswer>) {
        counters.asked += users.count
        let fetch = CacheFetch(count: users.count) { [self] answer in
            counters.found += answer.states.count { $0 != nil }
            counters.unknown += answer.unknown.count
            snapshotLater()
            promise.succeed(answer)
        }
        var questions: [Int: [Int]] = [:]
        for (place, user) in users.enumerated() {
            history.forEachHome(of: user) { questions[$0, default: []].append(place) }
        }
        guard !questions.isEmpty else { return fetch.end() }
        let parts = questions.flatMap { number, all in
            stride(from: 0, to: all.count, by: settings.usersPerRead).map { start in
                (number, Array(all[start..<min(start + settings.usersPerRead, all.count)]))
            }
        }
        for (_, places) in parts { fetch.asked(places) }
        fetch.limit(loop.assumeIsolated().scheduleTask(in: time) { fetch.end() })
        for (number, places) in parts { ask(number, places, users, fetch) }
    }

    private func ask(_ number: Int, _ asked: [Int], _ users: [UserID], _ fetch: CacheFetch) {
        guard let place = places[number] else { return fetch.lost() }
        let isAsked = place.pipe.ask({ CacheForm.writeRead(asked.map { users[$0] }, into: &$0) }, onLoss: fetch.lost) {
            [self] reply in
            answer(reply, place.form, asked, fetch)
        }
        if isAsked { touched.insert(number) } else { fetch.lost() }
    }

    private func answer(_ reply: borrowing RESPReply, _ form: CacheForm, _ asked: [Int], _ fetch: CacheFetch) {
        guard reply.count == asked.count else { return fetch.lost() }
        var states: [UserState?] = []
        states.reserveCapacity(asked.count)
        for number in asked.indices {
            let bytes = reply.bytes(at: number)
            let state = bytes.flatMap(form.read)
            if bytes != nil, state == nil { counters.malformed += 1 }
            states.append(state)
        }
        fetch.answered(asked) { states[$0] }
    }

    // MARK: Telling

    func snapshotLater() {
        guard !isSnapshotDue, phase != .stopped else { return }
        isSnapshotDue = true
        loop.assumeIsolated().scheduleTask(in: Self.snapshotDelay) { [self] in
            isSnapshotDue = false
            takeSnapshot()
        }
    }

    func takeSnapshot() {
        guard phase != .stopped else { return }
        var sum = counters
        sum.add(formerCounters)
        for place in places.values { sum.add(place) }
        snapshot.set(sum)
    }

    func tellServers() {
        snapshot.set(history.named(places.values.lazy.map { ($0.number, $0.server) }))
    }
}
