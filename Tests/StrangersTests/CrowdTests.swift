import Geo
import Testing

@testable import Strangers

/// The sample of a crowd: bounded, steady, and fair.
@Suite struct CrowdTests {
    @Test func aStadium() {
        let cluster = Cluster(shardCount: 2, settings: settings())
        for user in UInt32(0)..<300 {
            let client = cluster.optIn(user, user: user, at: berlin)
            cluster.settle()
            #expect(client.view.count == min(50, Int(user)))
        }
        cluster.advance(31_000, wall: false)
        #expect(cluster.clients.values.allSatisfy { $0.view.count == 50 })
        // An update of one member touches nobody's list.
        var frames = 0
        cluster.onChanges = { _, _ in frames += 1 }
        cluster.moment.wall += 1
        for user in UInt32(0)..<300 { cluster.move(user, to: berlin.moved(east: 5)) }
        cluster.settle()
        #expect(frames == 0)
        cluster.advance(30_000, wall: false)
        #expect(frames == 0, "nobody came, nobody left")
    }

    /// While people come, go and move in all the ways there are, everybody eligible is as likely to be shown.
    @Test func theSampleIsUniform() {
        let cluster = Cluster(settings: settings(sampleSize: 10), seed: 11)
        let observers = (UInt32(0)..<60).map { cluster.optIn($0, user: $0, at: berlin) }
        // The watched ones are 30 who stay, 30 who came later and 30 who change their cell.
        for user in UInt32(100)..<130 { cluster.optIn(user, user: user, at: berlin) }
        cluster.advance(31_000, wall: false)
        for user in UInt32(130)..<190 { cluster.optIn(user, user: user, at: berlin) }
        for user in UInt32(200)..<240 { cluster.optIn(user, user: user, at: berlin) }
        var counts = Array(repeating: 0, count: 90)
        let rounds = 30
        for round in 0..<rounds {
            cluster.advance(30_000, wall: false)
            let places = [berlin, berlin.moved(north: 700)]
            cluster.moment.wall += 1
            for user in UInt32(160)..<190 { cluster.move(user, to: places[(round + 1) % 2]) }
            for user in UInt32(0)..<20 { cluster.move(user, to: places[round % 2]) }
            for user in UInt32(200)..<240 where (Int(user) + round) % 3 == 0 { cluster.optOut(user) }
            cluster.advance(60_001, wall: false)
            for user in UInt32(200)..<240 where cluster.clients[user] == nil {
                cluster.optIn(user, user: user, at: places[0])
            }
            for observer in observers {
                for user in cluster.seen(by: observer).keys where 100..<190 ~= user { counts[Int(user) - 100] += 1 }
            }
        }
        // 60 others, 90 watched ones and about 27 of the 40 who come and go share ten places. Lists of one
        // observer are alike from round to round, so the groups are compared rather than the members.
        let groups = (0..<3).map { group in counts[group * 30..<group * 30 + 30].reduce(0, +) }
        let total = Double(counts.reduce(0, +))
        for group in groups { #expect(abs(Double(group) / total - 1 / 3) < 0.02, "\(groups)") }
    }

    /// Independent first samples: the plain chi-square test.
    @Test func theFirstSampleIsUniform() {
        let cluster = Cluster(settings: settings(sampleSize: 10), seed: 12)
        for user in UInt32(0)..<40 { cluster.optIn(user, user: user, at: user < 20 ? berlin : berlin.moved(east: 900)) }
        var counts = Array(repeating: 0, count: 40)
        for _ in 0..<4_000 {
            let client = cluster.optIn(100, user: 100, at: berlin)
            for user in cluster.seen(by: client).keys { counts[Int(user)] += 1 }
            cluster.optOut(100)
        }
        // 39 degrees of freedom, less for drawing without putting back; 99.9 % of runs are below 72.
        #expect(chiSquare(counts, expected: 1_000) < 72, "\(counts)")
    }

    /// Between two ticks nothing changes but for those who came; a newcomer's chance is everybody's.
    @Test func aNewcomersChance() {
        let cluster = Cluster(settings: settings(sampleSize: 10), seed: 13)
        let observers = (UInt32(0)..<200).map { cluster.optIn($0, user: $0, at: berlin) }
        cluster.advance(31_000, wall: false)
        let before = observers.map { Set($0.view.keys) }
        for user in UInt32(1_000)..<1_100 { cluster.optIn(user, user: user, at: berlin) }
        cluster.advance(30_000, wall: false)
        var (newcomers, kept) = (0, 0)
        for (observer, before) in zip(observers, before) {
            newcomers += cluster.seen(by: observer).keys.count { $0 >= 1_000 }
            kept += before.intersection(observer.view.keys).count
            #expect(observer.view.count == 10)
        }
        // 100 of 299 others are new: 668.9 of 2,000 expected, standard deviation about 21.
        #expect(abs(newcomers - 669) < 70)
        #expect(newcomers + kept == 2_000, "whoever need not go stays")
    }
}
