import Geo
import Strangers
import TestServers
import Testing

@testable import Server

/// Walkers spread over three servers, tied by three Redis servers: whenever all is quiet, what every one of them is shown
/// of strangers is compared with brute force.
@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct StrangerReplayTests {
    @Test(arguments: [3, 1]) func everyListIsWhatBruteForceSays(k: Int) async throws {
        try await RedisServer.run(count: 3) { redis in
            let urls = redis.map { "redis://127.0.0.1:\($0.port)" }.joined(separator: ",")
            let flags = LiveServer.quick.merging([
                .clusterBus: urls, .strangersK: "\(k)", .strangersTick: "50ms", .strangersSample: "100",
                .threads: "2",
            ]) { $1 }
            try await LiveServer.run(flags) { one in
                try await LiveServer.run(flags) { two in
                    try await LiveServer.run(flags) { three in
                        var replay = try await StrangerReplay(
                            [one, two, three], k: k, userCount: 48, seed: UInt64(k))
                        for _ in 0..<8 {
                            try await replay.round()
                            try await replay.compare()
                        }
                        print("strangers at 3 servers, 3 Redis, k \(k): \(replay.summary)")
                        #expect(replay.compared > 500)
                        #expect(replay.missing == 0 && replay.extra == 0 && replay.wrong == 0)
                    }
                }
            }
        }
    }
}

/// The walkers, what brute force knows of them, and the comparison.
struct StrangerReplay {
    private struct Walker {
        let name: String
        /// As every server's database has it: users are made in this order.
        let number: Int64
        var place: Place
        var cell: BlurredCell?
        var server: Int
        /// `nil` while strangers are off.
        var crowd: Crowd?
    }

    private let servers: [LiveServer]
    private let k: Int
    private let blur: Blur
    private let pseudonyms = Pseudonyms(secret: LiveServer.jwtSecret.bytes)
    private let radius = Radius.strangersDefault.metres
    private var walkers: [Walker] = []
    /// Pairs that never see each other: friends, and who blocked whom.
    private var hidden: Set<[Int]> = []
    private var random: SeededGenerator
    private var ts: Int64
    private(set) var compared = 0
    private(set) var missing = 0
    private(set) var extra = 0
    private(set) var wrong = 0

    var summary: String { "compared \(compared) entries: missing \(missing), extra \(extra), wrong \(wrong)" }

    init(_ servers: [LiveServer], k: Int, userCount: Int, seed: UInt64) async throws {
        self.servers = servers
        self.k = k
        blur = Blur(try StrangerSettings(k: k))
        random = SeededGenerator(seed: seed)
        ts = servers[0].now - 600_000
        let names = (1...userCount).map { "walker\($0)" }
        for server in servers { try await server.create(names) }
        for number in 1...userCount {
            // Around a corner of four cells of precision 4, in two clusters 9 km from each other.
            let middle = Place(lat: number % 3 == 0 ? 40.86 : 40.78, lon: -73.9)
            walkers.append(
                Walker(
                    name: names[number - 1], number: Int64(number), place: middle,
                    server: number % servers.count))
            walkers[number - 1].place = somewhere(near: middle, within: 4_000)
        }
        try await makeHidden()
    }

    private mutating func makeHidden() async throws {
        for _ in 0..<12 {
            let pair = [Int.random(in: 0..<24, using: &random), Int.random(in: 24..<walkers.count, using: &random)]
            let (one, other) = (walkers[pair[0]].name, walkers[pair[1]].name)
            guard hidden.insert(pair).inserted else { continue }
            let what = Bool.random(using: &random) ? "friends" : "blocks"
            for server in servers { _ = try await server.call("PUT", "/v1/users/\(one)/\(what)/\(other)") }
        }
    }

    private mutating func somewhere(near place: Place, within metres: Double) -> Place {
        let north = place.north(Double.random(in: -metres...metres, using: &random))
        let perDegree = Earth.meanRadius * Double.pi / 180 * 0.757
        return Place(lat: north.lat, lon: north.lon + Double.random(in: -metres...metres, using: &random) / perDegree)
    }

    // MARK: What walkers do

    /// Many walk, some turn strangers off or on, some come back at another server.
    mutating func round() async throws {
        ts += 1_000
        for index in walkers.indices {
            if walkers[index].crowd == nil {
                if Int.random(in: 0..<4, using: &random) > 0 { try await join(index) }
                continue
            }
            switch Int.random(in: 0..<12, using: &random) {
            case 0: try await turnOff(index)
            case 1: try await change(index)
            default: walk(index)
            }
        }
    }

    private mutating func join(_ index: Int) async throws {
        let walker = walkers[index]
        walkers[index].crowd = try await .join(servers[walker.server], walker.name, at: walker.place, ts: ts)
        place(index)
    }

    private mutating func turnOff(_ index: Int) async throws {
        _ = try await walkers[index].crowd?.peer.ask(["type": "strangers", "on": false])
        walkers[index].crowd?.peer.vanish()
        walkers[index].crowd = nil
        walkers[index].cell = nil
    }

    /// The connection is lost; the next one is at another server.
    private mutating func change(_ index: Int) async throws {
        walkers[index].crowd?.peer.vanish()
        walkers[index].server = (walkers[index].server + 1) % servers.count
        walkers[index].place = somewhere(near: walkers[index].place, within: 300)
        try await join(index)
    }

    private mutating func walk(_ index: Int) {
        let distance = Int.random(in: 0..<5, using: &random) == 0 ? 3_000.0 : 400
        walkers[index].place = somewhere(near: walkers[index].place, within: distance)
        walkers[index].crowd?.peer.move(to: walkers[index].place, ts: ts)
        place(index)
    }

    private mutating func place(_ index: Int) {
        let place = walkers[index].place
        guard let position = Coordinate(latitude: place.lat, longitude: place.lon) else { return }
        walkers[index].cell = blur.cell(of: position, holding: walkers[index].cell)
    }

    // MARK: Brute force

    /// Waits until nothing more is missing, extra or wrong, within bounds, and counts what is.
    mutating func compare() async throws {
        let published = walkers.map { self.published($0) }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(20)
        for index in walkers.indices where walkers[index].crowd != nil {
            let expected = self.expected(of: index, published)
            var differences = (missing: 0, extra: 0, wrong: 0)
            repeat {
                try await walkers[index].crowd?.catchUp()
                differences = difference(index, expected)
            } while differences != (0, 0, 0) && clock.now < end
            compared += expected.count
            missing += differences.missing
            extra += differences.extra
            wrong += differences.wrong
        }
    }

    private func published(_ walker: Walker) -> Geohash? {
        guard walker.crowd != nil, let cell = walker.cell?.geohash else { return nil }
        for precision in [6, 5, 4] where precision <= cell.precision {
            let ancestor = cell.parent(precision: precision)
            let count = walkers.count { $0.crowd != nil && $0.cell.map { ancestor.contains($0.geohash) } == true }
            if count >= k { return ancestor }
        }
        return nil
    }

    private func expected(of observer: Int, _ published: [Geohash?]) -> [Int: Geohash] {
        guard let own = walkers[observer].cell?.geohash else { return [:] }
        var expected: [Int: Geohash] = [:]
        for (index, cell) in published.enumerated() where index != observer {
            guard let cell, !hidden.contains([min(index, observer), max(index, observer)]) else { continue }
            if own.gap(to: cell) <= radius { expected[index] = cell }
        }
        return expected
    }

    private func difference(_ observer: Int, _ expected: [Int: Geohash]) -> (missing: Int, extra: Int, wrong: Int) {
        guard let crowd = walkers[observer].crowd else { return (0, 0, 0) }
        var (seen, extra, wrong): (Set<Int>, Int, Int) = ([], 0, 0)
        for (sid, stranger) in crowd.shown {
            let target = Sid(sid).flatMap {
                pseudonyms.resolve(
                    $0, observer: walkers[observer].number, wallMilliseconds: servers[0].now)
            }
            guard let target, let cell = expected[Int(target) - 1], seen.insert(Int(target) - 1).inserted else {
                extra += 1
                continue
            }
            let own = walkers[observer].cell?.geohash.center
            let isRight =
                stranger["cell"].string == cell.description
                && abs((stranger["distance_m"].double ?? -1) - (own?.distance(to: cell.center) ?? -2)) < 1
            if !isRight { wrong += 1 }
        }
        return (expected.keys.count { !seen.contains($0) }, extra, wrong)
    }
}
