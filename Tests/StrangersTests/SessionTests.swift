import Geo
import Testing

@testable import Strangers

/// The middle of a cell of precision 6 in Berlin.
let berlin = Geohash("u33dc1")!.center

func settings(
    k: Int = 1, sampleSize: Int = 50, expire: Int64 = 3_600_000, inactivity: Int64 = 3_600_000
) -> StrangerSettings {
    try! StrangerSettings(
        k: k, expireMilliseconds: expire, inactivityMilliseconds: inactivity, sampleSize: sampleSize)
}

@Suite struct SessionTests {
    @Test(arguments: [1, 2, 5]) func theAnswerHasTheFirstItems(shardCount: Int) {
        let cluster = Cluster(shardCount: shardCount, settings: settings())
        for session in UInt32(0)..<6 {
            let client = cluster.optIn(session, user: session + 10, at: berlin)
            cluster.settle()
            #expect(client.readyCount == 1 && client.isOn && !client.isTooFew)
            #expect(Set(cluster.seen(by: client).keys) == Set(10..<session + 10))
        }
        #expect(cluster.shards[0].publishedCount == 6)
        for shard in cluster.shards { #expect(shard.isOn(10) && !shard.isOn(99)) }
    }

    @Test func othersLearnOfANewcomerAtTheirOwnTick() {
        let cluster = Cluster(shardCount: 3, settings: settings())
        let first = cluster.optIn(1, user: 1, at: berlin)
        cluster.settle()
        cluster.optIn(2, user: 2, at: berlin)
        cluster.settle()
        #expect(first.view.isEmpty)
        cluster.advance(30_000)
        #expect(Set(cluster.seen(by: first).keys) == [2])
    }

    @Test func whatAStrangerIsTold() throws {
        let cluster = Cluster(settings: settings())
        let there = berlin.moved(north: 300, east: 900)
        cluster.optIn(1, user: 1, at: there)
        let client = cluster.optIn(2, user: 2, at: berlin.moved(north: 10, east: 10))
        let item = try #require(client.view.values.first)
        #expect(item.cell == Geohash(there, precision: 6) && item.center == item.cell.center)
        #expect(item.distance == Geohash(berlin, precision: 6).center.distance(to: item.center))
        #expect(item.timestamp == cluster.moment.wall / 60_000 * 60_000)
    }

    // MARK: Leaving

    @Test(arguments: [1, 3]) func optingOutIsSeenAtOnce(shardCount: Int) {
        let cluster = Cluster(shardCount: shardCount, settings: settings())
        cluster.optIn(1, user: 1, at: berlin)
        cluster.settle()
        let observer = cluster.optIn(2, user: 2, at: berlin)
        cluster.settle()
        #expect(observer.view.count == 1)
        cluster.optOut(1)
        cluster.settle()
        #expect(observer.view.isEmpty)
        for shard in cluster.shards { #expect(!shard.isOn(1)) }
    }

    @Test func anotherSessionKeepsAUserPublished() {
        let cluster = Cluster(shardCount: 2, settings: settings())
        for session in [UInt32(1), 2, 3] { cluster.optIn(session, user: 1, at: berlin) }
        cluster.settle()
        let observer = cluster.optIn(4, user: 2, at: berlin)
        cluster.settle()
        cluster.optOut(1)
        cluster.close(2)
        cluster.advance(120_000)
        #expect(observer.view.count == 1)
        cluster.optOut(3)
        cluster.settle()
        #expect(observer.view.isEmpty)
    }

    /// 60 s after the last session closed, not sooner and not later.
    @Test(arguments: [1, 3]) func aClosedSessionHasAGrace(shardCount: Int) {
        let cluster = Cluster(shardCount: shardCount, settings: settings())
        cluster.optIn(1, user: 1, at: berlin)
        cluster.settle()
        let observer = cluster.optIn(2, user: 2, at: berlin)
        cluster.settle()
        cluster.close(1)
        cluster.advance(59_999)
        #expect(observer.view.count == 1)
        cluster.advance(1)
        #expect(observer.view.isEmpty)
    }

    @Test func withinTheGracePseudonymsAreKept() {
        let cluster = Cluster(shardCount: 3, settings: settings())
        let pair = [cluster.optIn(1, user: 1, at: berlin), cluster.optIn(2, user: 2, at: berlin)]
        cluster.advance(31_000)
        let (seenOf1, seenBy1) = (Set(pair[1].view.keys), Set(pair[0].view.keys))
        #expect(seenOf1.count == 1 && seenBy1.count == 1)
        cluster.close(1)
        cluster.advance(59_999, wall: false)
        let back = cluster.optIn(11, user: 1, at: berlin, shard: 0)
        cluster.advance(61_000, wall: false)
        #expect(Set(pair[1].view.keys) == seenOf1 && Set(back.view.keys) == seenBy1)
    }

    @Test func afterTheGraceTheyAreNot() {
        let cluster = Cluster(shardCount: 3, settings: settings())
        let pair = [cluster.optIn(1, user: 1, at: berlin), cluster.optIn(2, user: 2, at: berlin)]
        cluster.advance(31_000)
        let before = Set(pair.flatMap(\.view.keys))
        cluster.close(1)
        cluster.advance(60_000, wall: false)
        let back = cluster.optIn(11, user: 1, at: berlin)
        cluster.advance(61_000, wall: false)
        #expect(before.isDisjoint(with: pair[1].view.keys) && before.isDisjoint(with: back.view.keys))
        #expect(pair[1].view.count == 1 && back.view.count == 1)
    }

    @Test func anOptInExpires() {
        let cluster = Cluster(shardCount: 2, settings: settings(expire: 100_000, inactivity: 600_000))
        let client = cluster.optIn(1, user: 1, at: berlin)
        cluster.settle()
        let observer = cluster.optIn(2, user: 2, at: berlin)
        cluster.advance(50_000)
        cluster.optIn(2, user: 2, at: berlin)
        cluster.advance(49_999)
        #expect(client.isOn && observer.view.count == 1)
        cluster.advance(1)
        #expect(!client.isOn && client.reasons == [.expired] && observer.view.isEmpty && observer.isOn)
    }

    @Test func whoeverIsSilentVanishesAndComesBackAsSomebodyElse() {
        let cluster = Cluster(shardCount: 2, settings: settings(inactivity: 100_000))
        let client = cluster.optIn(1, user: 1, at: berlin)
        let observer = cluster.optIn(2, user: 2, at: berlin)
        cluster.advance(31_000)
        let before = Set(observer.view.keys)
        cluster.advance(68_999)
        cluster.move(2, to: berlin)
        cluster.settle()
        #expect(before.count == 1 && Set(observer.view.keys) == before)
        cluster.advance(1)
        #expect(observer.view.isEmpty)
        cluster.advance(31_000)
        #expect(client.isOn && client.isTooFew && client.view.isEmpty, "who is not seen does not see")
        cluster.move(1, to: berlin)
        cluster.advance(62_000, wall: false)
        #expect(!client.isTooFew && client.view.count == 1)
        #expect(observer.view.count == 1 && before.isDisjoint(with: observer.view.keys))
    }

    @Test func withdrawingAUserEndsItsSessions() {
        let cluster = Cluster(shardCount: 3, settings: settings())
        let clients = [UInt32(1), 2, 3].map { cluster.optIn($0, user: 1, at: berlin) }
        cluster.settle()
        let observer = cluster.optIn(4, user: 2, at: berlin)
        cluster.settle()
        cluster.shards[2].withdraw(user: 1, at: cluster.moment)
        cluster.settle()
        #expect(clients.allSatisfy { $0.reasons == [.suspended] } && observer.view.isEmpty)
        for shard in cluster.shards { #expect(!shard.isOn(1)) }
        let back = cluster.optIn(5, user: 1, at: berlin)
        cluster.settle()
        #expect(back.view.count == 1)
    }

    /// A suspension that crosses an opt-in ends it, rather than leave a user published without a session.
    @Test(arguments: 0..<20) func aSuspensionMayCrossAnOptIn(seed: Int) {
        let cluster = Cluster(shardCount: 4, settings: settings(), seed: UInt64(seed))
        cluster.optIn(1, user: 2, at: berlin, shard: 1)
        cluster.settle()
        cluster.optIn(2, user: 2, at: berlin, shard: 1)
        cluster.shards[3].withdraw(user: 2, at: cluster.moment)
        cluster.settle()
        let isOn = !cluster.clients.isEmpty
        for shard in cluster.shards { #expect(shard.isOn(2) == isOn) }
    }

    // MARK: Moving

    @Test func aMoverIsNeverOldAndNewInOneTick() {
        let cluster = Cluster(shardCount: 2, settings: settings())
        let observer = cluster.optIn(1, user: 1, at: berlin)
        cluster.optIn(2, user: 2, at: berlin)
        cluster.advance(31_000, wall: false)
        var frames: [StrangerChanges] = []
        cluster.onChanges = { client, changes in if client === observer { frames.append(changes) } }
        cluster.moment.wall += 1
        cluster.move(2, to: berlin.moved(north: 800))
        cluster.settle()
        #expect(frames.isEmpty && observer.view.count == 1)
        cluster.advance(30_000, wall: false)
        #expect(frames.count == 1 && frames[0].entered.isEmpty && frames[0].gone.count == 1)
        cluster.advance(30_000, wall: false)
        #expect(frames.count == 2 && frames[1].entered.count == 1 && frames[1].gone.isEmpty)
    }

    /// However long a client does not read: its next frame has no old pseudonym together with the new one.
    @Test func norInOneFrameOfAClientThatReadsLate() {
        let cluster = Cluster(settings: settings())
        let observer = cluster.optIn(1, user: 1, at: berlin)
        cluster.optIn(2, user: 2, at: berlin)
        cluster.advance(31_000, wall: false)
        var frames: [StrangerChanges] = []
        cluster.onChanges = { client, changes in if client === observer { frames.append(changes) } }
        cluster.deaf = [1]
        cluster.moment.wall += 1
        cluster.move(2, to: berlin.moved(north: 800))
        cluster.advance(150_000, wall: false)
        cluster.deaf = []
        cluster.flush()
        #expect(frames.count == 1 && frames[0].entered.isEmpty && frames[0].gone.count == 1)
        cluster.advance(30_000, wall: false)
        #expect(frames.count == 2 && frames[1].entered.count == 1)
    }

    @Test func anOlderFixIsIgnored() {
        let cluster = Cluster(shardCount: 2, settings: settings())
        let client = cluster.optIn(1, user: 1, at: berlin)
        cluster.settle()
        let older = StrangerFix(
            coordinate: berlin.moved(north: 5_000), timestamp: cluster.moment.wall, heard: cluster.moment.monotonic)
        for shard in cluster.shards { shard.moved(user: 1, to: older, at: cluster.moment) }
        cluster.settle()
        #expect(cluster.shards[0].census(of: Geohash(berlin, precision: 6)).members == 1)
        #expect(client.cells == Array(Geohash(berlin, precision: 5).nine))
    }

    @Test func theObserversOwnMoveActsAtItsTick() {
        let cluster = Cluster(settings: settings())
        let observer = cluster.optIn(1, user: 1, at: berlin, radius: 1_000)
        cluster.optIn(2, user: 2, at: berlin.moved(east: 400))
        cluster.advance(31_000)
        #expect(observer.view.count == 1)
        cluster.move(1, to: berlin.moved(north: 9_000))
        cluster.settle()
        #expect(observer.view.count == 1)
        cluster.advance(30_000)
        #expect(observer.view.isEmpty)
    }

    @Test func pseudonymsChangeAllTogetherAndWithAGap() {
        let cluster = Cluster(settings: settings())
        let observer = cluster.optIn(1, user: 1, at: berlin)
        for user in UInt32(2)..<8 { cluster.optIn(user, user: user, at: berlin) }
        cluster.advance(30_000)
        let before = Set(observer.view.keys)
        var sizes: [Int] = []
        for _ in 0..<30 {
            cluster.advance(30_000)
            sizes.append(observer.view.count)
        }
        #expect(before.count == 6 && before.isDisjoint(with: observer.view.keys))
        #expect(sizes.count { $0 == 0 } == 1 && sizes.count { $0 == 6 } == 29)
    }

    @Test func theMinuteFollowsAtTheTick() throws {
        let cluster = Cluster(shardCount: 2, settings: settings())
        let observer = cluster.optIn(1, user: 1, at: berlin)
        cluster.optIn(2, user: 2, at: berlin)
        cluster.advance(31_000)
        let before = try #require(observer.view.values.first)
        cluster.advance(90_000)
        cluster.move(2, to: berlin)
        cluster.settle()
        #expect(observer.view.values.first == before)
        cluster.advance(30_000)
        let after = try #require(observer.view.values.first)
        #expect(after.timestamp >= before.timestamp + 60_000 && after.timestamp % 60_000 == 0)
        #expect(after.sid == before.sid)
    }

    // MARK: Who is left out

    @Test func neitherTheOwnSessionsNorTheHidden() {
        let cluster = Cluster(shardCount: 3, settings: settings())
        cluster.setHidden(1, 3)
        let own = [cluster.optIn(1, user: 1, at: berlin), cluster.optIn(2, user: 1, at: berlin)]
        for user in UInt32(2)...4 { cluster.optIn(user + 10, user: user, at: berlin) }
        cluster.advance(61_000)
        for client in own { #expect(Set(cluster.seen(by: client).keys) == [2, 4]) }
        cluster.setHidden(1, 2)
        cluster.flush()
        for client in own { #expect(Set(cluster.seen(by: client).keys) == [4]) }
        cluster.setHidden(1, 3, false)
        cluster.advance(30_000)
        for client in own { #expect(Set(cluster.seen(by: client).keys) == [3, 4]) }
    }

    @Test func relationsAreCheckedAgainWhenTold() {
        let cluster = Cluster(settings: settings())
        let observer = cluster.optIn(1, user: 1, at: berlin)
        cluster.optIn(2, user: 2, at: berlin)
        cluster.deaf = [1]
        cluster.advance(31_000)
        #expect(cluster.marked == [1])
        // Nobody told the shard.
        cluster.hidden.insert([1, 2])
        cluster.deaf = []
        cluster.flush()
        #expect(observer.view.isEmpty)
    }

    // MARK: What was asked for

    @Test func aNarrowerRadiusActsAtOnceAWiderOneOnceATick() {
        let cluster = Cluster(settings: settings())
        cluster.optIn(1, user: 1, at: berlin.moved(east: 4_000))
        cluster.optIn(2, user: 2, at: berlin)
        let observer = cluster.optIn(3, user: 3, at: berlin, radius: 10_000)
        #expect(observer.view.count == 2)
        for expected in [2, 1] {
            cluster.optIn(3, user: 3, at: berlin, radius: 500)
            #expect(observer.view.count == 1)
            cluster.flush()
            cluster.optIn(3, user: 3, at: berlin, radius: 10_000)
            #expect(observer.view.count == expected)
        }
        #expect(observer.readyCount == 5)
        cluster.advance(30_000)
        #expect(observer.view.count == 2)
    }

    @Test func effectiveValues() throws {
        let cluster = Cluster(settings: settings())
        func routing(_ latitude: Double, _ radius: Double?, _ precision: Int?) throws -> StrangerRouting {
            cluster.optIn(1, user: 1, at: at(latitude, 13), radius: radius, precision: precision)
            let status = try #require(cluster.shards[0].status(of: 1))
            #expect(status.radius == radius ?? 2_000)
            #expect(status.expiresAt == cluster.moment.wall + 3_600_000)
            cluster.optOut(1)
            return status.routing
        }
        #expect(try routing(52.5, nil, nil).precision == 5)
        #expect(try routing(52.5, nil, 6).precision == 5, "too fine for the radius")
        #expect(try routing(52.5, nil, 4).precision == 4)
        #expect(try routing(52.5, nil, 3).precision == 5, "not configured")
        #expect(try routing(52.5, nil, 9).precision == 5)
        #expect(try routing(52.5, 500, nil).precision == 6)
        #expect(try routing(52.5, 500, 6).precision == 6)
        #expect(try routing(52.5, 100_000, nil).precision == 4, "nothing covers it")
        #expect(try routing(80, 2_000, 6).precision == 4)
        #expect(try routing(52.5, nil, nil).cell == Geohash(at(52.5, 13), precision: 5))
        #expect(try routing(52.5, nil, nil).cells.count == 9)
        #expect(try routing(90, nil, nil).cells.count == 6)
        #expect(try routing(-90, nil, nil).cells.count == 6)
    }

    @Test(arguments: [1, 3]) func cellsFollowTheOwnMoveOnAllShards(shardCount: Int) {
        let cluster = Cluster(shardCount: shardCount, settings: settings())
        let clients = (UInt32(0)..<3).map { cluster.optIn($0, user: 7, at: berlin) }
        cluster.settle()
        for step in 1...12 {
            let position = berlin.moved(east: Double(step) * 1_000)
            cluster.moment.wall += 1
            cluster.move(7, to: position, on: shardCount - 1)
            cluster.settle()
            for client in clients { #expect(client.cells == Array(Geohash(position, precision: 5).nine)) }
        }
    }

    @Test func acrossTheAntimeridian() {
        let cluster = Cluster(settings: settings())
        cluster.optIn(1, user: 1, at: at(-17, 179.999))
        let observer = cluster.optIn(2, user: 2, at: at(-17, -179.999))
        #expect(observer.view.count == 1)
    }

    @Test(arguments: [88.9, -88.9]) func aroundAPole(latitude: Double) {
        let cluster = Cluster(settings: settings())
        cluster.optIn(1, user: 1, at: at(latitude, 0))
        let far = cluster.optIn(2, user: 2, at: at(latitude, 180), radius: 100_000)
        #expect(far.view.isEmpty, "about 245 km over the pole")
        let near = cluster.optIn(3, user: 3, at: at(latitude, 90), radius: 100_000)
        #expect(near.isTooFew == false && near.view.isEmpty)
        let nearer = cluster.optIn(4, user: 4, at: at(latitude, 45), radius: 100_000)
        #expect(Set(cluster.seen(by: nearer).keys) == [1, 3])
    }

    @Test func atAPoleNobodyIsPublished() {
        let cluster = Cluster(shardCount: 2, settings: settings())
        let client = cluster.optIn(1, user: 1, at: at(90, 0), radius: 100_000)
        cluster.optIn(2, user: 2, at: at(88.9, 0))
        cluster.advance(31_000)
        #expect(client.isOn && client.isTooFew && client.view.isEmpty)
        cluster.moment.wall += 1
        cluster.move(1, to: at(88.9, 0.1), on: 1)
        cluster.advance(61_000)
        #expect(!client.isTooFew && client.view.count == 1)
    }

    // MARK: k

    @Test func tooFewUntilEnoughShareACell() {
        let cluster = Cluster(shardCount: 2, settings: settings(k: 3))
        let clients = (UInt32(1)...3).map { session in
            let client = cluster.optIn(session, user: session, at: berlin)
            cluster.settle()
            return client
        }
        #expect(clients.map(\.isTooFew) == [true, true, false])
        #expect(clients.map(\.view.count) == [0, 0, 2])
        cluster.advance(31_000)
        #expect(clients.map(\.isTooFew) == [false, false, false])
        #expect(clients.map(\.view.count) == [2, 2, 2])
        cluster.optOut(1)
        cluster.settle()
        #expect(clients[1].view.count == 1, "one withdrew, the other is published nowhere but stays until the tick")
        cluster.advance(31_000)
        #expect(clients[1].view.isEmpty && clients[1].isTooFew)
    }

    @Test func coarserWhereFewerShare() throws {
        let cluster = Cluster(settings: settings(k: 3))
        let cells = ["u33dc1", "u33dc1", "u33dc3", "u33dc4"].map { Geohash($0)! }
        for user in 0..<3 { cluster.optIn(UInt32(user), user: UInt32(user), at: cells[user].center) }
        let observer = cluster.optIn(3, user: 3, at: cells[3].center, radius: 5_000)
        #expect(!observer.isTooFew && observer.view.count == 3)
        #expect(Set(observer.view.values.map(\.cell)) == [Geohash("u33dc")!])
    }

    // MARK: Bounds

    @Test func aClientThatDoesNotReadCostsNothingMore() {
        let cluster = Cluster(settings: settings(sampleSize: 5))
        let observer = cluster.optIn(1, user: 1, at: berlin)
        for user in UInt32(2)..<40 { cluster.optIn(user, user: user, at: berlin) }
        cluster.advance(31_000)
        #expect(observer.view.count == 5)
        cluster.deaf = [1]
        for user in UInt32(2)..<40 {
            cluster.optOut(user)
            cluster.advance(30_000, wall: false)
            let slot = cluster.shards[0].slotOfSession[1]!
            #expect(cluster.shards[0].sessions[slot].gone.count <= 5)
        }
        cluster.deaf = []
        cluster.flush()
        #expect(observer.view.isEmpty)
    }

    @Test func census() {
        let cluster = Cluster(settings: settings())
        for user in UInt32(1)...5 { cluster.optIn(user, user: user, at: berlin) }
        cluster.optIn(6, user: 6, at: berlin.moved(north: 20_000))
        let shard = cluster.shards[0]
        let cell = Geohash(berlin, precision: 6)
        #expect(shard.census(of: cell) == (5, 5))
        #expect(shard.census(of: cell.parent(precision: 1)) == (6, 6))
        #expect(shard.census(of: Geohash("zzzzzz")!) == (0, 0))
    }
}
