import Channels
import Geo
import Testing

@testable import Strangers

/// Several processes that hear each other's records on the channels of cells, one server that carries them, and one
/// clock.
///
/// What one process says on one channel keeps its order; between processes and channels any order is possible.
final class Network {
    private struct Letter {
        var cell: Geohash
        var user: UInt32
        var record: Record
    }

    private struct Waiting {
        var session: UInt32
        var cells: [Geohash]
        var cluster: Int
        var end: Int64
    }

    let clusters: [Cluster]
    private var exchanges: [StrangerExchange]
    private var heard: [Set<Geohash>]
    /// By process and channel.
    private var queues: [[Geohash: [Letter]]]
    private var acknowledgements: [(cell: Geohash, cluster: Int)] = []
    private var waiting: [Waiting] = []
    var random: SeededGenerator
    /// Processes that are not there any more.
    var dead: Set<Int> = []
    /// Whether the server that carries everything is not there: what is said is lost.
    private(set) var isDown = false
    var moment = Moment(monotonic: 1_000_000, wall: 1_760_000_000_000)
    /// Records that were heard by somebody.
    private(set) var heardCount = 0
    var onPublish: (Record, Geohash) -> Void = { _, _ in }

    init(_ count: Int, shardCount: Int = 1, settings: StrangerSettings, seed: UInt64 = 1) {
        random = SeededGenerator(seed: seed)
        clusters = (0..<count).map {
            Cluster(shardCount: shardCount, settings: settings, seed: seed &* 31 &+ UInt64($0), process: UInt64($0) + 1)
        }
        exchanges = Array(repeating: StrangerExchange(shardCount: shardCount), count: count)
        heard = Array(repeating: [], count: count)
        queues = Array(repeating: [:], count: count)
        for cluster in clusters {
            cluster.network = self
            cluster.moment = moment
        }
    }

    private func index(of cluster: Cluster) -> Int { Int(cluster.process!) - 1 }

    // MARK: What shards say

    func publish(_ record: Record, of user: UInt32, in cell: Geohash, from cluster: Cluster) {
        onPublish(record, cell)
        guard !isDown else { return }
        queues[index(of: cluster)][cell, default: []].append(Letter(cell: cell, user: user, record: record))
    }

    func setInterest(in cell: Geohash, shard: Int, isWanted: Bool, of cluster: Cluster) {
        let index = index(of: cluster)
        perform(
            exchanges[index].setInterest(in: cell, shard: shard, isWanted: isWanted, now: moment.monotonic), at: index)
    }

    func wait(_ session: UInt32, for cells: [Geohash], at cluster: Cluster) {
        let end = moment.monotonic + 1_000
        waiting.append(Waiting(session: session, cells: cells, cluster: index(of: cluster), end: end))
    }

    /// A location of a user was accepted at one process: the others with sessions of the user hear it.
    func move(_ user: UInt32, to coordinate: Coordinate, at process: Int) {
        let fix = clusters[process].fix(coordinate)
        for index in clusters.indices where !dead.contains(index) {
            if index == process {
                clusters[index].move(user, to: coordinate)
            } else if clusters[index].clients.values.contains(where: { $0.user == user }) {
                perform([exchanges[index].moved(user: user, to: fix)], at: index)
            }
        }
    }

    func suspend(_ user: UInt32, at process: Int) {
        for index in clusters.indices where index != process && !dead.contains(index) {
            perform([exchanges[index].suspended(user: user)], at: index)
        }
    }

    // MARK: The server

    func goDown() {
        isDown = true
        queues = Array(repeating: [:], count: clusters.count)
        heard = Array(repeating: [], count: clusters.count)
    }

    /// Each process finds its way back by itself, the last one some seconds after the first.
    func comeBack() {
        isDown = false
        for index in clusters.indices where !dead.contains(index) {
            for cell in exchanges[index].cells {
                heard[index].insert(cell)
                perform(exchanges[index].restored(cell, now: moment.monotonic), at: index)
            }
            advance(Int64(random.below(2_000)))
        }
    }

    // MARK: Exchanges

    private func perform(_ actions: [StrangerExchange.Action], at index: Int) {
        for action in actions {
            switch action {
            case .subscribe(let cell):
                guard !isDown else { continue }
                heard[index].insert(cell)
                acknowledgements.append((cell, index))
            case .unsubscribe(let cell): heard[index].remove(cell)
            case .callRoll(let record, let cell): publish(record, of: 0, in: cell, from: clusters[index])
            case .deliver(let record, let shard):
                clusters[index].shards[shard].receive(record, at: moment)
            }
        }
    }

    /// Delivers one message of a random process, to all that hear it.
    @discardableResult
    func deliverOne() -> Bool {
        if !acknowledgements.isEmpty {
            let (cell, index) = acknowledgements.removeFirst()
            perform(exchanges[index].acknowledged(cell, now: moment.monotonic), at: index)
            return true
        }
        var filled: [(Int, Geohash)] = []
        for (index, queue) in queues.enumerated() {
            for cell in queue.keys.sorted() where !queue[cell]!.isEmpty { filled.append((index, cell)) }
        }
        guard !filled.isEmpty else { return false }
        let (sender, cell) = filled[random.below(filled.count)]
        let letter = queues[sender][cell]!.removeFirst()
        for index in clusters.indices where index != sender && heard[index].contains(cell) && !dead.contains(index) {
            heardCount += 1
            perform(exchanges[index].received(letter.record, in: cell) { letter.user }, at: index)
        }
        return true
    }

    // MARK: Time

    func settle() {
        repeat {
            for cluster in living { cluster.settle() }
        } while deliverOne()
    }

    private var living: [Cluster] { clusters.indices.filter { !dead.contains($0) }.map { clusters[$0] } }

    /// Lets time pass: everything is delivered at once, every shard ticks when it asked to.
    func advance(_ milliseconds: Int64, wall: Bool = true) {
        let end = moment.monotonic + milliseconds
        settle()
        while moment.monotonic < end {
            let dues = living.flatMap { $0.shards.compactMap(\.nextDue) } + waiting.map { admission($0) }
            let second = (moment.monotonic / 1_000 + 1) * 1_000
            let next = min(end, second, max(dues.min() ?? .max, moment.monotonic + 1))
            if wall { moment.wall += next - moment.monotonic }
            moment.monotonic = next
            for cluster in clusters { cluster.moment = moment }
            for cluster in living { for shard in cluster.shards { shard.tick(at: moment) } }
            if next == second {
                for index in clusters.indices where !dead.contains(index) {
                    perform(exchanges[index].tick(now: next), at: index)
                }
            }
            settle()
            admit()
            settle()
        }
    }

    private func admission(_ entry: Waiting) -> Int64 {
        min(entry.end, exchanges[entry.cluster].readyTime(of: entry.cells) ?? entry.end)
    }

    private func admit() {
        let due = waiting.filter { admission($0) <= moment.monotonic }
        waiting.removeAll { admission($0) <= moment.monotonic }
        for entry in due {
            guard let client = clusters[entry.cluster].clients[entry.session] else { continue }
            clusters[entry.cluster].shards[client.shard].admit(session: entry.session, at: moment)
        }
    }
}
