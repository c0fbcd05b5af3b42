internal import Channels
internal import Logging
internal import NIOCore

/// The bus on its event loop: everything but the way there.
final class BusCore {
    /// How finely paced work is spread.
    static let paceInterval: TimeAmount = .milliseconds(10)
    /// Channels that are looked at in one go when the ring has changed; about a millisecond.
    static let moveSlice = 2_048
    /// How long after something happened the counters follow.
    static let snapshotDelay: TimeAmount = .milliseconds(10)
    /// How long a stop waits for what is not published.
    static let stopPatience: TimeAmount = .seconds(1)
    /// How often it is looked whether a former server is still needed.
    static let tidyInterval: TimeAmount = .milliseconds(200)

    let identity: BusIdentity
    let environment: LinkEnvironment
    let snapshot: LoopSnapshot<BusCounters>
    var history: RingHistory
    var places: [Int: ServerPlace] = [:]
    var table = SubscriptionTable()
    var counters = BusCounters()
    var batch = BusBatch()
    /// When the first message of ``batch`` came.
    var batchTime: Int64?
    var delegate: (any BusDelegate)?
    var phase = Phase.new
    /// Numbers given out.
    private var numbers = 0
    private var orders: [BusOrder] = []
    /// Servers that something waits for since the last look.
    private var touched: [ServerPlace] = []
    private var isSnapshotDue = false
    var pacing: Scheduled<Void>?
    var moving: Int?
    var expiry: Scheduled<Void>?
    var tidying: Scheduled<Void>?
    var askingAgain: Scheduled<Void>?
    /// Servers that have refused a subscription since they came up: one line of the log for all of them.
    var refusing: Set<Int> = []
    /// Of servers that are gone.
    var formerCounters = BusCounters()

    enum Phase {
        case new, running, stopping, stopped
    }

    init(ring: BusRing, identity: BusIdentity, environment: LinkEnvironment, snapshot: LoopSnapshot<BusCounters>) {
        self.identity = identity
        self.environment = environment
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
        let form = PublishForm(process: identity.process)
        let place = ServerPlace(
            number: number, url: url,
            pipe: CommandPipe(number: number, url: url, form: form, environment: environment, clock: identity.clock),
            ear: SubscriberLink(number: number, url: url, environment: environment), now: identity.clock())
        places[number] = place
        if phase == .running { place.start(self) }
        return number
    }

    // MARK: What other threads left

    func look(_ inbox: Inbox<BusOrder>) {
        inbox.take(into: &orders)
        for order in orders { follow(order) }
        orders.removeAll(keepingCapacity: true)
        sendUrgent()
        for place in touched {
            place.isTouched = false
            place.pipe.pump()
        }
        touched.removeAll(keepingCapacity: true)
        tell()
    }

    private func follow(_ order: BusOrder) {
        switch order {
        case .publish(let value, let channel): publish(value, on: channel)
        case .start(let delegate): start(delegate)
        case .subscribe(let interests):
            for interest in interests { table.subscribe(interest, homes: history.homes(of: interest.channel)) }
        case .unsubscribe(let channels):
            for channel in channels { table.unsubscribe(channel) }
        case .wait(let channels, let time, let promise): wait(channels, TimeAmount(time), promise)
        case .change(let ring, let overlap): change(to: ring, overlap: TimeAmount(overlap))
        case .stop(let promise): stop(promise)
        }
    }

    private func publish(_ value: Publication, on channel: BusChannel) {
        guard phase == .new || phase == .running else { return }
        history.forEachHome(of: channel) { number in
            guard let place = places[number] else { return }
            place.pipe.put(value, for: channel)
            guard !place.isTouched else { return }
            place.isTouched = true
            touched.append(place)
        }
    }

    private func wait(_ channels: [BusChannel], _ time: TimeAmount, _ promise: EventLoopPromise<BusReadiness>) {
        let waiter = Waiter(channels) { promise.succeed($0) }
        guard phase != .stopped else { return waiter.finish(missing: channels) }
        table.wait(waiter)
        waiter.limit(
            loop.assumeIsolated().scheduleTask(in: time) { [self] in
                waiter.finish(missing: table.missing(of: waiter))
            })
    }

    // MARK: Telling

    /// Tells everybody what there is to tell.
    func tell() {
        for waiter in table.takeFinished() where !waiter.isFinished {
            waiter.finish(missing: table.missing(of: waiter))
        }
        let restored = table.takeRestored()
        if !restored.isEmpty {
            counters.restored += restored.count
            delegate?.busRestored(restored)
        }
        snapshotLater()
    }

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
        sum.subscriptions = table.count
        for place in places.values { sum.add(place) }
        snapshot.set(sum)
    }

    func tellServers() {
        snapshot.set(history.named(places.values.lazy.map { ($0.number, $0.server) }))
    }

    func changed(_ place: ServerPlace, _ isChange: Bool) {
        guard isChange else { return }
        refusing.remove(place.number)
        tellServers()
        delegate?.busServerChanged(place.server)
    }
}
