import Channels
import Geo

@testable import Strangers

/// Several processes on one simulated bus, every choice from a seed: strangers see each other wherever their sessions are,
/// and never more of each other than they may.
final class StrangerWorld {
    struct Person {
        var position: Coordinate
        /// Of the newest accepted location, by the wall; and when that was, by the world's clock.
        var timestamp: Int64 = 0
        var locatedAt: Int64 = .min
        var isSharing = true
    }

    static let serverCount = 3
    /// Around a corner of four large cells, and across the antimeridian.
    private static let places = [Coordinate(latitude: 51.5, longitude: 0)!, Coordinate(latitude: -17, longitude: 180)!]

    let settings: StrangerSettings
    let pseudonyms = Pseudonyms(secret: Array("a secret for simulations".utf8))
    let time: SimulatedTime
    let links: SimulatedLinks
    let bus: SimulatedBus<Geohash, Record>
    private(set) var processes: [StrangerProcess] = []
    var people: [Person] = []
    var watch = StrangerWatch()
    var random: SeededGenerator
    private(set) var nextSession: UInt32 = 1
    private var lives: UInt64 = 0
    private var ring = 0
    private var ringSettles: Int64 = .min

    var now: Int64 { time.now }
    /// Milliseconds since the Unix epoch.
    var wall: Int64 { 1_760_000_000_000 + time.now }

    init(seed: UInt64, people count: Int = 22, processes processCount: Int = 3) throws {
        settings = try StrangerSettings(
            k: 2 + Int(seed % 2), tickMilliseconds: 5_000, expireMilliseconds: 900_000, inactivityMilliseconds: 600_000)
        random = SeededGenerator(seed: seed)
        time = SimulatedTime(now: 1_000_000, seed: seed &* 31 &+ 7)
        links = SimulatedLinks(time: time, processCount: processCount, serverCount: Self.serverCount)
        bus = SimulatedBus(links: links) { $0.rawValue >> 40 }
        people = (0..<count).map { Person(position: Self.places[$0 % 3 == 0 ? 1 : 0]) }
        for index in 0..<processCount { processes.append(makeProcess(index)) }
        bus.onMessage = { [unowned self] record, user, cell, index in hear(record, of: user, in: cell, at: index) }
        bus.onRestored = { [unowned self] cells, index in restore(cells, at: index) }
        for index in people.indices { people[index].position = randomPosition(UInt32(index)) }
    }

    private func makeProcess(_ index: Int) -> StrangerProcess {
        lives += 1
        let process = StrangerProcess(index: index, life: lives &* 0x9E37_79B9_7F4A_7C15 ^ random.next(), world: self)
        process.hidden = Set(watch.hiddenSince.keys)
        return process
    }

    // MARK: Names

    /// The durable number of a user, by which pseudonyms are made.
    func number(of user: UInt32) -> Int64 { Int64(user) + 5_000 }
    func user(number: Int64) -> UInt32 { UInt32(number - 5_000) }

    func isHidden(_ a: UInt32, _ b: UInt32) -> Bool { watch.hiddenSince[[min(a, b), max(a, b)]] != nil }

    func randomPosition(_ user: UInt32) -> Coordinate {
        let center = Self.places[user % 3 == 0 ? 1 : 0]
        let extent = random.chance(0.1) ? 0.2 : 0.03
        let latitude = center.latitude + Double.random(in: -extent...extent, using: &random)
        let longitude = center.longitude + Double.random(in: -extent...extent, using: &random)
        return Coordinate(latitude: latitude, longitude: longitude > 180 ? longitude - 360 : longitude)!
    }

    // MARK: The bus

    private func hear(_ record: Record, of user: UInt32, in cell: Geohash, at index: Int) {
        processes[index].run {
            $0.perform($0.exchange.received(record, in: cell) { [process = $0] in process.local(user) })
        }
    }

    private func restore(_ cells: [Geohash], at index: Int) {
        processes[index].run { process in
            for cell in cells { process.perform(process.exchange.restored(cell, now: process.moment.monotonic)) }
        }
    }

    // MARK: Time

    /// Lets the bus and the processes work for a while, and looks at what clients are shown once a second.
    func advance(_ milliseconds: Int64) {
        let end = now + milliseconds
        while now < end, watch.fault == nil {
            let second = (now / 1_000 + 1) * 1_000
            let dues = processes.compactMap(\.nextDue) + [time.next ?? .max]
            time.advance(to: min(end, second, max(dues.min() ?? .max, now + 1)))
            for process in processes where process.nextDue ?? .max <= now { process.tick() }
            if now == second { everySecond() }
        }
    }

    private func everySecond() {
        for process in processes {
            process.run { $0.perform($0.exchange.tick(now: $0.moment.monotonic)) }
        }
        watch.check(self)
    }

    /// Whether the network is as it should be.
    var isCalm: Bool { links.areAllUp && now > ringSettles }

    // MARK: Faults

    func crash(_ index: Int) {
        watch.calmSince = now
        time.forget(index)
        bus.forget(index)
        links.forget(index)
        processes[index] = makeProcess(index)
    }

    func changeRing() {
        ring += 1
        ringSettles = now + 3 * SimulatedBus<Geohash, Record>.overlap
        bus.changeRing(ring)
    }

    func newSession() -> UInt32 {
        nextSession += 1
        return nextSession
    }

    // MARK: Quiet

    /// Everything works again, and whatever is not said again is forgotten.
    func quieten() {
        fill()
        links.mend()
        advance(SimulatedBus<Geohash, Record>.overlap + 8_000)
        advance(StrangerLimits.presenceMilliseconds + StrangerLimits.sweepMilliseconds)
        for _ in 0..<20 where isChanging { advance(Self.settling) }
    }

    /// Whether time alone has just changed who is among strangers, so that not every session has looked since.
    private var isChanging: Bool {
        let recently = (now - Self.settling)...(now + 1_000)
        return people.contains { recently.contains($0.locatedAt + settings.inactivityMilliseconds) }
            || ends.contains { recently.contains($0) }
    }

    /// When opt-ins end, and have ended.
    private(set) var ends: [Int64] = []
    func willEnd(at time: Int64) { ends.append(time) }

    /// Two ticks, and what messages take.
    private static let settling: Int64 = 15_000

    func changesPseudonyms(_ user: UInt32) -> Bool {
        let number = UInt64(number(of: user))
        let skew: Int64 = 2_000
        return pseudonyms.lifetime(ofObserver: number, wallMilliseconds: wall + skew)
            != pseudonyms.lifetime(ofObserver: number, wallMilliseconds: wall - skew - 2 * settings.tickMilliseconds)
    }
}
