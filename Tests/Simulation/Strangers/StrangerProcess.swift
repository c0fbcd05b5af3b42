import Channels
import Geo

@testable import Strangers

/// The strangers' part of one server process: the real shards and the real exchange, with the mail between them, a clock of
/// its own, and clients that take what they are told.
///
/// Mail of one pair of shards keeps its order; between pairs any order is possible.
final class StrangerProcess {
    static let shardCount = 2

    /// Its place among the processes, and which life there.
    let index: Int
    let life: UInt64
    unowned let world: StrangerWorld
    private(set) var shards: [StrangerShard] = []
    var exchange = StrangerExchange(shardCount: shardCount)
    /// Sessions with strangers on, or that wait for the answer.
    var clients: [UInt32: StrangerClient] = [:]
    /// Pairs of users, as this process has heard of them, that must not see each other.
    var hidden: Set<[UInt32]> = []
    private var nodes: [Node] = []
    /// By pair of shards; the last ones come from the exchange.
    private var mail: [[Record]] = Array(repeating: [], count: shardCount * (shardCount + 1))
    private var marked: Set<UInt32> = []
    /// The cells that were claimed for users when clients were told something the time before.
    private var formerClaims: [Geohash] = []

    init(index: Int, life: UInt64, world: StrangerWorld) {
        self.index = index
        self.life = life
        self.world = world
        var random = SeededGenerator(seed: life)
        for shard in 0..<Self.shardCount {
            let node = Node(shard: shard, process: self)
            nodes.append(node)
            shards.append(
                StrangerShard(
                    index: shard, shardCount: Self.shardCount, settings: world.settings, pseudonyms: world.pseudonyms,
                    process: life, host: node, relations: node, generator: &random))
        }
    }

    // MARK: Names and clocks

    /// Each process numbers users in a way of its own.
    func local(_ user: UInt32) -> UInt32 { user + UInt32(index + 1) * 100 }
    func user(_ local: UInt32) -> UInt32 { local - UInt32(index + 1) * 100 }

    /// Processes agree about the time within a second or two, and not at all about the zero of their monotonic clocks.
    private var offset: Int64 { Int64(index) * 7_000_000 + Int64(life % 1_000) }
    private var skew: Int64 { Int64(index - 1) * 900 }

    var moment: Moment { Moment(monotonic: world.now + offset, wall: world.wall + skew) }

    /// When something is due by the world's clock, because a shard said so.
    var nextDue: Int64? { shards.compactMap(\.nextDue).min().map { $0 - offset } }

    /// A moment of this process by the world's clock.
    func worldTime(_ monotonic: Int64) -> Int64 { monotonic - offset }

    func hasSession(of user: UInt32) -> Bool { clients.values.contains { $0.user == user } }

    var sortedClients: [StrangerClient] { clients.values.sorted { $0.session < $1.session } }

    // MARK: Doing something

    /// Does something, then all that follows from it inside of the process.
    func run(_ body: (StrangerProcess) -> Void) {
        body(self)
        while deliverOne() {}
        flush()
        world.watch.note(self)
    }

    func tick() {
        run { process in for shard in process.shards { shard.tick(at: process.moment) } }
    }

    func perform(_ actions: [StrangerExchange.Action]) {
        for action in actions {
            switch action {
            case .subscribe(let cell): subscribe(cell)
            case .unsubscribe(let cell): world.bus.unsubscribe([cell], index)
            case .callRoll(let record, let cell):
                world.bus.publish(record, about: Self.rollCaller + UInt32(index), on: cell, from: index)
            case .deliver(let record, let shard): mail[Self.shardCount * Self.shardCount + shard].append(record)
            }
        }
    }

    /// Subjects that no user is.
    private static let rollCaller: UInt32 = 1_000_000

    private func subscribe(_ cell: Geohash) {
        world.bus.subscribe([cell], index)
        world.bus.whenHeard([cell], index, within: Self.rosterWait) { [self] missing in
            guard missing.isEmpty else { return }
            run { $0.perform($0.exchange.acknowledged(cell, now: $0.moment.monotonic)) }
        }
    }

    /// How long a session waits for its cells' channels, milliseconds, as in the server.
    private static let rosterWait: Int64 = 700

    private func wait(_ session: UInt32, for cells: [Geohash]) {
        world.bus.whenHeard(cells, index, within: Self.rosterWait) { [self] _ in
            let ready = exchange.readyTime(of: cells).map(worldTime) ?? world.now
            world.time.at(max(ready, world.now), of: index) { [self] in
                guard let client = clients[session] else { return }
                run { $0.shards[client.shard].admit(session: session, at: $0.moment) }
            }
        }
    }

    private func deliverOne() -> Bool {
        guard let pair = mail.indices.filter({ !mail[$0].isEmpty }).randomElement(using: &world.time.random)
        else { return false }
        let record = mail[pair].removeFirst()
        shards[pair % Self.shardCount].receive(record, at: moment)
        return true
    }

    private func flush() {
        let claims = claims
        for session in marked.sorted() {
            guard let client = clients[session] else { continue }
            client.take(shards[client.shard].drain(session: session), in: self, claims: [claims, formerClaims])
        }
        marked = []
        formerClaims = claims
    }

    // MARK: Looking in

    /// The blurred cells of all users that the homes have claimed.
    var claims: [Geohash] {
        shards.flatMap { shard in
            shard.home.users.values.compactMap { user in
                user.claim.flatMap { $0.isSilent ? nil : $0.cell?.geohash }
            }
        }
    }

    /// What this process itself says of users that have sessions here, in no order: who is in which cell.
    var ownPresences: [(user: UInt32, presence: OwnPresence, isLive: Bool)] {
        shards.flatMap { shard in
            shard.home.users.compactMap { local, user in
                guard let own = user.own, let presence = own.presence, !presence.isSilent else { return nil }
                return (self.user(local), presence, own.shards != 0)
            }
        }
    }

    /// One shard's side.
    private final class Node: StrangersHost, StrangerRelations {
        let shard: Int
        unowned let process: StrangerProcess

        init(shard: Int, process: StrangerProcess) {
            self.shard = shard
            self.process = process
        }

        func send(_ record: Record, toShard other: Int) {
            process.mail[shard * StrangerProcess.shardCount + other].append(record)
        }

        func hides(session: UInt32, user: UInt32) -> Bool {
            guard let client = process.clients[session] else { return true }
            let other = process.user(user)
            return process.hidden.contains([min(client.user, other), max(client.user, other)])
        }

        func publish(_ record: Record, of user: UInt32, in cell: Geohash) {
            process.world.watch.note(record, on: cell)
            process.world.bus.publish(record, about: process.user(user), on: cell, from: process.index)
        }

        func strangersInterest(in cell: Geohash, isWanted: Bool) {
            process.perform(
                process.exchange.setInterest(
                    in: cell, shard: shard, isWanted: isWanted, now: process.moment.monotonic))
        }

        func strangersWait(session: UInt32, for cells: [Geohash]) { process.wait(session, for: cells) }

        func strangersReady(session: UInt32) {
            process.clients[session]?.isReady = true
            takeStatus(session)
        }

        func strangersChanged(session: UInt32) { process.marked.insert(session) }
        func strangersStatusChanged(session: UInt32) { takeStatus(session) }
        func strangersCellsChanged(session: UInt32) {}
        func strangersEnded(session: UInt32, reason: StrangerEnd) { process.clients[session] = nil }

        private func takeStatus(_ session: UInt32) {
            guard let status = process.shards[shard].status(of: session) else { return }
            process.clients[session]?.take(status, in: process, claims: [process.claims, process.formerClaims])
        }
    }
}
