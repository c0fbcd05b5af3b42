import Geo
import Testing

@testable import Strangers

/// Many users do random things on several shards with mail in any order; again and again, once everything has
/// been delivered and every session had its ticks, what each client sees is compared with brute force.
@Suite struct SimulationTests {
    @Test(arguments: [(1, 1), (1, 3), (3, 1), (4, 3)], [UInt64(1), 2]) func agreesWithBruteForce(
        shape: (shards: Int, k: Int), seed: UInt64
    ) {
        var simulation = Simulation(shardCount: shape.shards, k: shape.k, seed: seed)
        for _ in 0..<8 { simulation.round() }
    }
}

/// What a user is, as brute force sees it.
private struct Person {
    var position: Coordinate
    var cell: BlurredCell?
    var sessions: [UInt32] = []
    /// Whether its last session closed and it is still published.
    var isInGrace = false

    var isOn: Bool { !sessions.isEmpty || isInGrace }
}

private struct Simulation {
    let cluster: Cluster
    let blur: Blur
    var people: [Person] = []
    var random: SeededGenerator
    var nextSession: UInt32 = 1
    /// Users with mail on its way; what they do next waits for it, so that brute force knows the order.
    var busy: Set<UInt32> = []
    let witness = Witness()

    /// Around a corner of four large cells, across the antimeridian, and near a pole.
    static let places = [at(51.5, 0.0), at(-17, 180), at(88.8, 10)]

    init(shardCount: Int, k: Int, seed: UInt64) {
        let settings = settings(k: k, sampleSize: 10, expire: 7 * 86_400_000, inactivity: 7 * 86_400_000)
        cluster = Cluster(shardCount: shardCount, settings: settings, seed: seed)
        blur = Blur(settings)
        random = SeededGenerator(seed: seed &* 77)
        for user in 0..<70 {
            people.append(
                Person(
                    position: Self.places[user % Self.places.count].moved(
                        north: Double.random(in: -4_000...4_000, using: &random),
                        east: Double.random(in: -4_000...4_000, using: &random))))
        }
        for _ in 0..<40 { cluster.hidden.insert([UInt32(random.below(35)), UInt32(35 + random.below(35))]) }
        let (cluster, witness) = (cluster, witness)
        cluster.onChanges = { [unowned cluster] in witness.saw($1, by: $0, in: cluster) }
    }

    /// Some random doings, then quiet, then the comparison.
    mutating func round() {
        for _ in 0..<60 {
            act()
            for _ in 0..<random.below(6) { cluster.deliverOne() }
            if random.chance(0.1) { cluster.flush() }
        }
        settle()
        if random.chance(0.3) { cluster.advance(16 * 60_000) }
        // Two looks make it complete, three if one of them changes the pseudonyms; the wall stands still, so the
        // last two do not.
        cluster.advance(4 * 30_000, wall: false)
        for user in people.indices where people[user].isInGrace { people[user].isInGrace = false }
        for user in people.indices where !people[user].isOn { people[user].cell = nil }
        check()
    }

    private mutating func settle() {
        cluster.settle()
        busy.removeAll()
    }

    private mutating func act() {
        let user = UInt32(random.below(people.count))
        if busy.contains(user) { settle() }
        switch random.below(10) {
        case 0...3: optIn(user)
        case 4: leave(user, hasGrace: true)
        case 5: leave(user, hasGrace: false)
        case 6: cluster.setHidden(user, UInt32(random.below(people.count)), random.chance(0.5))
        default: move(user)
        }
    }

    private mutating func optIn(_ user: UInt32) {
        let index = Int(user)
        guard people[index].sessions.count < 3 else { return }
        if people[index].cell == nil { people[index].cell = blur.cell(of: people[index].position, holding: nil) }
        people[index].isInGrace = false
        people[index].sessions.append(nextSession)
        let radius = [500.0, 2_000, 8_000, 100_000][random.below(4)]
        cluster.optIn(
            nextSession, user: user, at: people[index].position, radius: radius,
            precision: random.chance(0.5) ? 4 + random.below(3) : nil, shard: random.below(cluster.shards.count))
        nextSession += 1
        busy.insert(user)
    }

    private mutating func leave(_ user: UInt32, hasGrace: Bool) {
        guard let session = people[Int(user)].sessions.popLast() else { return }
        if hasGrace { cluster.close(session) } else { cluster.optOut(session) }
        if people[Int(user)].sessions.isEmpty {
            people[Int(user)].isInGrace = hasGrace
            if !hasGrace { people[Int(user)].cell = nil }
        }
        busy.insert(user)
    }

    private mutating func move(_ user: UInt32) {
        let index = Int(user)
        settle()
        let distance = random.chance(0.2) ? 3_000.0 : 250
        people[index].position = people[index].position.moved(
            north: Double.random(in: -distance...distance, using: &random),
            east: Double.random(in: -distance...distance, using: &random))
        cluster.moment.wall += 1
        let shard = random.below(cluster.shards.count)
        #expect(cluster.shards[shard].isOn(user) == people[index].isOn)
        cluster.move(user, to: people[index].position, on: shard)
        if people[index].isOn {
            people[index].cell = blur.cell(of: people[index].position, holding: people[index].cell)
        }
        settle()
    }

    // MARK: Brute force

    private func check() {
        let published = people.map { publishedCell(of: $0) }
        for shard in cluster.shards {
            for user in people.indices {
                let member = shard.members.find(user: UInt32(user))
                #expect((member != nil) == people[user].isOn)
                #expect(member.flatMap(shard.members.cell) == published[user])
            }
        }
        #expect(cluster.clients.count == people.reduce(0) { $0 + $1.sessions.count })
        for client in cluster.clients.values { check(client, published) }
    }

    private func publishedCell(of person: Person) -> PublishedCell? {
        guard person.isOn, let cell = person.cell else { return nil }
        for precision in cluster.settings.precisions.reversed() where precision <= cell.geohash.precision {
            let ancestor = cell.geohash.parent(precision: precision)
            let count = people.count { $0.isOn && $0.cell.map { ancestor.contains($0.geohash) } == true }
            if count >= cluster.settings.k { return PublishedCell(cell, precision: precision) }
        }
        return nil
    }

    private func check(_ client: Client, _ published: [PublishedCell?]) {
        let own = people[Int(client.user)]
        let seen = cluster.seen(by: client)
        let radius = cluster.shards[client.shard].status(of: client.session)!.radius
        var eligible: Set<UInt32> = []
        for (user, cell) in published.enumerated() {
            guard let cell, let ownCell = own.cell, user != client.user else { continue }
            guard !cluster.isHidden(client.user, UInt32(user)) else { continue }
            if ownCell.geohash.gap(to: cell.geohash) <= radius { eligible.insert(UInt32(user)) }
        }
        #expect(client.isOn && client.isTooFew == (published[Int(client.user)] == nil))
        #expect(Set(seen.keys).isSubset(of: eligible))
        #expect(seen.count == min(cluster.settings.sampleSize, eligible.count))
        for (user, stranger) in seen {
            #expect(stranger.cell == published[Int(user)]?.geohash && stranger.center == stranger.cell.center)
            #expect(stranger.distance == own.cell?.geohash.center.distance(to: stranger.center))
            #expect(stranger.timestamp % 60_000 == 0)
        }
        let routing = cluster.shards[client.shard].routing(of: client.session)!
        #expect(routing.cell == Geohash(own.position, precision: routing.precision))
        #expect(client.cells == Array(routing.cell.nine))
    }
}

/// Looks at every frame: no pseudonym twice for different things, nobody's old and new one in one frame.
private final class Witness {
    private struct Meaning: Hashable {
        let observer: UInt32
        let target: Int64
        let cell: Geohash
    }

    private var meanings: [Sid: Meaning] = [:]

    func saw(_ changes: StrangerChanges, by client: Client, in cluster: Cluster) {
        let number = cluster.number(of: client.user)
        let wall = cluster.moment.wall
        func target(_ sid: Sid) -> Int64 {
            cluster.pseudonyms.resolve(sid, observer: number, wallMilliseconds: wall) ?? -1
        }
        let entered = Set(changes.entered.map { target($0.sid) })
        #expect(entered.isDisjoint(with: changes.gone.map(target)))
        #expect(!entered.contains(number) && !entered.contains(-1))
        for item in changes.entered {
            let meaning = Meaning(observer: client.user, target: target(item.sid), cell: item.cell)
            #expect((meanings.updateValue(meaning, forKey: item.sid) ?? meaning) == meaning)
        }
    }
}
