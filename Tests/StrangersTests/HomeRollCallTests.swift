import Geo
import Testing

@testable import Strangers

/// How a home answers roll calls, and what it says again without being asked.
@Suite struct HomeRollCallTests {
    private let place = Geohash("dr5ru7")!.center
    private let cell = Geohash("dr5r")!
    private let coarse = CoarseCell(Geohash("dr5r")!)!
    private var home = Home(settings: settings(k: 1), map: ShardMap(shardCount: 1), process: 1)
    private var out = Letterbox(shardCount: 1)
    private var random: StrangerRandom = {
        var generator = SeededGenerator(seed: 1)
        return StrangerRandom(seededFrom: &generator)
    }()
    private var moment = Moment(monotonic: 1_000_000, wall: 1_760_000_000_000)

    private mutating func open(_ user: UInt32, at coordinate: Coordinate) {
        let fix = StrangerFix(coordinate: coordinate, timestamp: moment.wall, heard: moment.monotonic)
        home.open(
            Opening(user: user, number: Int64(user), shard: 0, fix: fix), at: moment, random: &random, out: &out)
    }

    private mutating func close(_ user: UInt32, hasGrace: Bool = true) {
        home.close(Closing(user: user, shard: 0, hasGrace: hasGrace), at: moment, out: &out)
    }

    private mutating func hear(_ user: UInt32) {
        let said = Presence(
            process: 2, order: 1, kind: .live, identity: StrangerIdentity(number: Int64(user), life: 1), born: 1,
            cell: BlurredCell(Geohash("dr5ru7")!)!, minute: 1)
        home.hear(said, of: user, at: moment, out: &out)
    }

    private mutating func callRoll() { home.takeRollCall(RollCall(cell: coarse), now: moment.monotonic) }

    /// What is said when so much time has passed and nothing happened meanwhile.
    private mutating func said(after milliseconds: Int64) -> [Announcement] {
        moment.monotonic += milliseconds
        moment.wall += milliseconds
        let count = out.announcements.count
        home.tick(at: moment, out: &out)
        return Array(out.announcements.dropFirst(count))
    }

    // MARK: Roll calls

    @Test mutating func whoAsksWhileTheAnswerRestsIsAnsweredAfterThePause() {
        open(5, at: place)
        callRoll()
        callRoll()
        let first = said(after: StrangerLimits.rollCallDelay)
        #expect(first.map(\.user) == [5] && first.map(\.cell) == [cell])
        callRoll()
        let early = said(after: StrangerLimits.rollCallPause - 1)
        #expect(early.isEmpty)
        let second = said(after: 1)
        #expect(second.map(\.user) == [5])
        let third = said(after: StrangerLimits.rollCallPause)
        #expect(third.isEmpty && home.answers.isEmpty)
    }

    @Test mutating func whoIsHereByOthersOnlyHasNoPartInTheAnswer() {
        for user in 0..<UInt32(StrangerLimits.rollCallPart) { hear(user) }
        open(1_000, at: place)
        callRoll()
        let answer = said(after: StrangerLimits.rollCallDelay)
        #expect(answer.map(\.user) == [1_000])
    }

    @Test mutating func whoHasLeftTheCellIsNamedInTheAnswer() {
        open(5, at: place)
        close(5, hasGrace: false)
        callRoll()
        let answer = said(after: StrangerLimits.rollCallDelay)
        #expect(answer.map(\.presence.kind) == [.withdrawn])
    }

    // MARK: Refreshes

    @Test mutating func whoHasASessionIsSaidToBeHereAnewEveryMinute() {
        open(5, at: place)
        let before = out.announcements.last!.presence
        let early = said(after: StrangerLimits.refreshMilliseconds - 1)
        let first = said(after: 1)
        let second = said(after: StrangerLimits.refreshMilliseconds)
        #expect(early.isEmpty && (first + second).map(\.presence.kind) == [.live, .live])
        let orders = ([before] + (first + second).map(\.presence)).map(\.order)
        #expect(orders == Set(orders).sorted())
    }

    /// Of two processes that a user is leaving, the one whose session closed last says where it was.
    @Test mutating func whatIsSaidAgainInTheGraceIsNoNews() {
        open(5, at: place)
        moment.monotonic += StrangerLimits.refreshMilliseconds / 2
        close(5)
        let leaving = out.announcements.last!.presence
        #expect(leaving.kind == .leaving)
        let again = said(after: StrangerLimits.refreshMilliseconds / 2)
        #expect(again.map(\.presence) == [leaving])
    }
}
