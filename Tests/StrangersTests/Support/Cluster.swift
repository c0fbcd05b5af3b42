import Channels
import Geo
import Testing

@testable import Strangers

/// A server's strangers in one thread: shards, the mail between them, a clock, and clients.
///
/// Mail of one pair of shards keeps its order; between pairs any order is possible, as a seed decides.
final class Cluster {
    let settings: StrangerSettings
    let pseudonyms = Pseudonyms(secret: Array("a secret for tests only".utf8))
    private(set) var shards: [StrangerShard] = []
    private var nodes: [Node] = []
    private var mail: [[Record]]
    var random: SeededGenerator
    var moment = Moment(monotonic: 1_000_000, wall: 1_760_000_000_000)

    var clients: [UInt32: Client] = [:]
    /// The sessions of which a shard said that there is something to drain.
    private(set) var marked: Set<UInt32> = []
    /// Pairs of users that must not see each other.
    var hidden: Set<[UInt32]> = []
    /// What clients were told, to be looked at by a test.
    var onChanges: (Client, StrangerChanges) -> Void = { _, _ in }
    /// Clients that do not read.
    var deaf: Set<UInt32> = []
    private(set) var waitingCount = 0
    /// The other processes; `nil` if there are none.
    weak var network: Network?
    /// This one's name among them.
    let process: UInt64?

    init(shardCount: Int = 1, settings: StrangerSettings, seed: UInt64 = 1, process: UInt64? = nil) {
        self.process = process
        self.settings = settings
        random = SeededGenerator(seed: seed)
        mail = Array(repeating: [], count: shardCount * shardCount)
        for index in 0..<shardCount {
            let node = Node(index: index, cluster: self)
            nodes.append(node)
            shards.append(
                StrangerShard(
                    index: index, shardCount: shardCount, settings: settings, pseudonyms: pseudonyms,
                    process: process, host: node, relations: node, generator: &random))
        }
    }

    // MARK: What users do

    /// The number of a user is its index and a thousand.
    func number(of user: UInt32) -> Int64 { Int64(user) + 1_000 }

    func fix(_ coordinate: Coordinate) -> StrangerFix {
        StrangerFix(coordinate: coordinate, timestamp: moment.wall, heard: moment.monotonic)
    }

    @discardableResult
    func optIn(
        _ session: UInt32, user: UInt32, at coordinate: Coordinate, radius: Double? = nil, precision: Int? = nil,
        shard: Int? = nil
    ) -> Client {
        let client =
            clients[session] ?? Client(session: session, user: user, shard: shard ?? Int(session) % shards.count)
        clients[session] = client
        shards[client.shard].optIn(
            session: session, user: user, userNumber: number(of: user), fix: fix(coordinate),
            radius: radius.map { Radius(metres: $0)! }, precision: precision, at: moment)
        return client
    }

    func move(_ user: UInt32, to coordinate: Coordinate, on shard: Int = 0) {
        guard shards[shard].isOn(user) else { return }
        shards[shard].moved(user: user, to: fix(coordinate), at: moment)
    }

    func optOut(_ session: UInt32) {
        guard let client = clients.removeValue(forKey: session) else { return }
        shards[client.shard].optOut(session, at: moment)
    }

    func close(_ session: UInt32) {
        guard let client = clients.removeValue(forKey: session) else { return }
        shards[client.shard].sessionClosed(session, at: moment)
    }

    func setHidden(_ a: UInt32, _ b: UInt32, _ isHidden: Bool = true) {
        if isHidden { hidden.insert([min(a, b), max(a, b)]) } else { hidden.remove([min(a, b), max(a, b)]) }
        for client in clients.values.sorted(by: { $0.session < $1.session }) {
            for (one, other) in [(a, b), (b, a)] where client.user == one {
                shards[client.shard].relationsChanged(session: client.session, user: other, at: moment)
            }
        }
    }

    func isHidden(_ a: UInt32, _ b: UInt32) -> Bool { hidden.contains([min(a, b), max(a, b)]) }

    // MARK: Time and mail

    /// Lets time pass without anybody doing anything; every shard ticks when it asked to.
    func advance(_ milliseconds: Int64, wall: Bool = true) {
        let end = moment.monotonic + milliseconds
        settle()
        while let due = shards.compactMap(\.nextDue).min(), due <= end {
            step(to: max(due, moment.monotonic), wall: wall)
            for shard in shards { shard.tick(at: moment) }
            settle()
        }
        step(to: end, wall: wall)
    }

    private func step(to time: Int64, wall: Bool) {
        if wall { moment.wall += time - moment.monotonic }
        moment.monotonic = time
    }

    /// Delivers one record of a random pair.
    @discardableResult
    func deliverOne() -> Bool {
        guard waitingCount > 0 else { return false }
        let waiting = mail.indices.filter { !mail[$0].isEmpty }
        let pair = waiting[random.below(waiting.count)]
        let record = mail[pair].removeFirst()
        waitingCount -= 1
        shards[pair % shards.count].receive(record, at: moment)
        return true
    }

    /// Delivers all mail, then flushes all clients that read.
    func settle() {
        while deliverOne() {}
        flush()
    }

    func flush() {
        for session in marked.sorted() where !deaf.contains(session) {
            marked.remove(session)
            guard let client = clients[session] else { continue }
            let changes = shards[client.shard].drain(session: client.session)
            client.take(changes)
            onChanges(client, changes)
        }
    }

    /// The users that a client sees, by what their pseudonyms resolve to.
    func seen(by client: Client) -> [UInt32: Stranger] {
        var seen: [UInt32: Stranger] = [:]
        for (sid, stranger) in client.view {
            let number = pseudonyms.resolve(sid, observer: number(of: client.user), wallMilliseconds: moment.wall)
            guard let number else {
                Issue.record("a pseudonym that does not resolve")
                continue
            }
            #expect(seen.updateValue(stranger, forKey: UInt32(number - 1_000)) == nil, "a stranger twice")
        }
        return seen
    }

    /// One shard's side of the cluster.
    private final class Node: StrangersHost, StrangerRelations {
        let index: Int
        unowned let cluster: Cluster

        init(index: Int, cluster: Cluster) {
            self.index = index
            self.cluster = cluster
        }

        func send(_ record: Record, toShard shard: Int) {
            #expect(shard != index)
            cluster.waitingCount += 1
            cluster.mail[index * cluster.shards.count + shard].append(record)
        }

        func hides(session: UInt32, user: UInt32) -> Bool {
            guard let client = cluster.clients[session] else { return false }
            return cluster.isHidden(client.user, user)
        }

        func publish(_ record: Record, of user: UInt32, in cell: Geohash) {
            cluster.network!.publish(record, of: user, in: cell, from: cluster)
        }

        func strangersInterest(in cell: Geohash, isWanted: Bool) {
            cluster.network!.setInterest(in: cell, shard: index, isWanted: isWanted, of: cluster)
        }

        func strangersWait(session: UInt32, for cells: [Geohash]) {
            cluster.network!.wait(session, for: cells, at: cluster)
        }

        func strangersReady(session: UInt32) {
            guard let client = cluster.clients[session] else { return }
            client.readyCount += 1
            takeStatus(client)
        }

        func strangersChanged(session: UInt32) { _ = cluster.marked.insert(session) }

        func strangersStatusChanged(session: UInt32) { cluster.clients[session].map(takeStatus) }

        func strangersCellsChanged(session: UInt32) {
            guard let client = cluster.clients[session] else { return }
            client.cells = cluster.shards[index].routing(of: session)!.cells
        }

        func strangersEnded(session: UInt32, reason: StrangerEnd) {
            guard let client = cluster.clients.removeValue(forKey: session) else { return }
            client.isOn = false
            client.view = [:]
            client.reasons.append(reason)
        }

        private func takeStatus(_ client: Client) {
            guard let status = cluster.shards[index].status(of: client.session) else {
                Issue.record("no status for a session that is ready")
                return
            }
            client.take(status)
        }
    }
}
