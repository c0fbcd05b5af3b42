import Geo
import Testing

@testable import Strangers

/// What a home says of a user that another process speaks of as well.
@Suite struct HomeWordTests {
    private let place = Geohash("dr5ru7")!.center
    private var home = Home(settings: settings(k: 1), map: ShardMap(shardCount: 1), process: 1)
    private var out = Letterbox(shardCount: 1)
    private var random: StrangerRandom = {
        var generator = SeededGenerator(seed: 1)
        return StrangerRandom(seededFrom: &generator)
    }()
    private var moment = Moment(monotonic: 1_000_000, wall: 1_760_000_000_000)

    private mutating func open(at coordinate: Coordinate) {
        home.open(
            Opening(user: 5, number: 50, shard: 0, fix: fix(coordinate)), at: moment, random: &random, out: &out)
    }

    private mutating func move(to coordinate: Coordinate) {
        moment.wall += 1
        home.move(Movement(user: 5, shard: 0, fix: fix(coordinate)), at: moment, random: &random, out: &out)
    }

    private func fix(_ coordinate: Coordinate) -> StrangerFix {
        StrangerFix(coordinate: coordinate, timestamp: moment.wall, heard: moment.monotonic)
    }

    /// What another process, whose clock is ahead, says of the user.
    private mutating func hear(
        _ kind: Presence.Kind, in cell: Geohash, ahead: UInt64 = 10_000, process: UInt64 = 2, born: UInt32 = 1,
        life: UInt64 = 77
    ) {
        let said = Presence(
            process: process, order: UInt64(moment.wall) + ahead, kind: kind,
            identity: StrangerIdentity(number: 50, life: life), born: born, cell: BlurredCell(cell)!, minute: 1)
        home.hear(said, of: 5, at: moment, out: &out)
    }

    private var words: [Presence] { out.announcements.map(\.presence) }

    @Test mutating func noTwoWordsHaveTheSameOrderWhileAnotherClockIsAhead() {
        hear(.live, in: Geohash("dr5ru7")!)
        open(at: place)
        move(to: place.moved(north: 1_000))
        move(to: place.moved(north: 2_000))
        home.close(Closing(user: 5, shard: 0, hasGrace: false), at: moment, out: &out)
        open(at: place)
        let orders = words.map(\.order)
        #expect(words.map(\.kind) == [.live, .live, .live, .withdrawn, .live])
        #expect(orders == Set(orders).sorted())
        #expect(orders[0] > UInt64(moment.wall) + 10_000 - 10)
    }

    @Test mutating func twoProcessesSettleOnOneCellOfAUserAtAnEdge() {
        let edge = Geohash("dr5ru7")!.box.east
        open(at: at(place.latitude, edge - 0.0001))
        #expect(words.last?.cell.geohash == Geohash("dr5ru7"))
        let neighbor = Geohash(at(place.latitude, edge + 0.0001), precision: 6)
        hear(.live, in: neighbor)
        #expect(words.last?.cell.geohash == neighbor && words.last?.kind == .live)
        let count = words.count
        hear(.live, in: neighbor, ahead: 20_000)
        #expect(words.count == count)
    }

    @Test mutating func aCellThatThePositionIsNotInIsNotTaken() {
        open(at: place)
        let count = words.count
        hear(.live, in: Geohash("dr5rgw")!, born: .max, life: home.users[5]!.own!.presence!.identity.life)
        #expect(words.count == count)
    }

    @Test mutating func aCellThatWasSaidBeforeTheOwnIsNotTaken() {
        let edge = Geohash("dr5ru7")!.box.east
        open(at: at(place.latitude, edge - 0.0001))
        let life = home.users[5]!.own!.presence!.identity.life
        let neighbor = Geohash(at(place.latitude, edge + 0.0001), precision: 6)
        let count = words.count
        moment.wall -= 20_000
        hear(.live, in: neighbor, life: life)
        #expect(words.count == count)
    }

    @Test mutating func theCellOfAProcessThatIsBeingLeftIsNotTaken() {
        let edge = Geohash("dr5ru7")!.box.east
        open(at: at(place.latitude, edge - 0.0001))
        let life = home.users[5]!.own!.presence!.identity.life
        let count = words.count
        hear(.leaving, in: Geohash(at(place.latitude, edge + 0.0001), precision: 6), life: life)
        #expect(words.count == count)
    }

    @Test mutating func whatIsSaidInTheOwnNameIsNotHeard() {
        hear(.live, in: Geohash("dr5ru7")!, process: 1)
        #expect(home.users.isEmpty)
    }

    // MARK: Lives

    @Test mutating func theOlderLifeIsTakenAndSaidOnce() {
        open(at: place)
        let count = words.count
        hear(.live, in: Geohash("dr5ru7")!, born: 1, life: 77)
        #expect(words.count == count + 1 && words.last?.identity.life == 77 && words.last?.born == 1)
        #expect(words.last?.order ?? 0 > UInt64(moment.wall) + 10_000)
        hear(.live, in: Geohash("dr5ru7")!, ahead: 20_000, born: 1, life: 77)
        #expect(words.count == count + 1)
    }

    @Test mutating func theYoungerLifeIsToldOfTheOwnOne() {
        open(at: place)
        let own = words[0]
        hear(.live, in: Geohash("dr5ru7")!, born: .max, life: 77)
        #expect(words == [own, own])
    }

    @Test mutating func whoIsHereByAnotherProcessKeepsTheLifeThatItHasThere() {
        hear(.live, in: Geohash("dr5ru7")!, process: 2, born: 9, life: 22)
        hear(.live, in: Geohash("dr5ru7")!, process: 3, born: 8, life: 33)
        hear(.gone, in: Geohash("dr5ru7")!, process: 4, born: 7, life: 44)
        open(at: place)
        #expect(words.map(\.identity.life) == [33] && words.map(\.born) == [8])
    }

    @Test mutating func whatIsNotSaidAgainIsForgotten() {
        hear(.live, in: Geohash("dr5ru7")!)
        moment.monotonic += StrangerLimits.presenceMilliseconds - 1
        home.tick(at: moment, out: &out)
        #expect(isShown)
        moment.monotonic += 1
        home.tick(at: moment, out: &out)
        #expect(!isShown && home.users.isEmpty)
    }

    // MARK: Withdrawals

    private var isShown: Bool { home.users[5]?.claim.map { !$0.isSilent } ?? false }

    @Test mutating func aWithdrawalVoidsWhatWasSaidBeforeItAndNothingElse() {
        hear(.live, in: Geohash("dr5ru7")!, ahead: 10, process: 2)
        hear(.live, in: Geohash("dr5ru7")!, ahead: 30, process: 3)
        hear(.withdrawn, in: Geohash("dr5r")!, ahead: 20, process: 4)
        #expect(isShown)
        hear(.withdrawn, in: Geohash("dr5r")!, ahead: 40, process: 4)
        #expect(!isShown)
    }

    @Test mutating func aWithdrawalElsewhereEndsTheGraceHere() {
        open(at: place)
        home.close(Closing(user: 5, shard: 0, hasGrace: true), at: moment, out: &out)
        #expect(isShown && words.last?.kind == .leaving)
        hear(.withdrawn, in: Geohash("dr5r")!)
        #expect(!isShown && words.last?.kind == .gone)
    }

    @Test mutating func anOlderWithdrawalEndsNoGrace() {
        open(at: place)
        home.close(Closing(user: 5, shard: 0, hasGrace: true), at: moment, out: &out)
        moment.wall -= 20_000
        hear(.withdrawn, in: Geohash("dr5r")!)
        #expect(isShown)
    }

    @Test mutating func whoHasASessionHereIsSaidToBeHereASecondAfterAWithdrawalElsewhere() {
        open(at: place)
        hear(.withdrawn, in: Geohash("dr5r")!)
        let count = words.count
        moment.monotonic += StrangerLimits.reassertMilliseconds - 1
        home.tick(at: moment, out: &out)
        #expect(words.count == count)
        moment.monotonic += 1
        home.tick(at: moment, out: &out)
        #expect(words.count == count + 1 && words.last?.kind == .live)
        #expect(words.last?.order ?? 0 > UInt64(moment.wall) + 10_000)
    }

    @Test mutating func aWithdrawalIsSaidWhereverTheUserIsKnownToBe() {
        open(at: place)
        hear(.live, in: Geohash("dr72j8")!, ahead: 0)
        let count = out.announcements.count
        home.close(Closing(user: 5, shard: 0, hasGrace: false), at: moment, out: &out)
        let channels = out.announcements.dropFirst(count).filter { $0.presence.kind == .withdrawn }.map(\.cell)
        #expect(Set(channels) == [Geohash("dr5r")!, Geohash("dr72")!])
    }

    @Test mutating func theGraceEndsAtOnceWhereAnotherProcessHasASessionOfTheSameLife() {
        open(at: place)
        let life = home.users[5]!.own!.presence!.identity.life
        hear(.live, in: Geohash("dr5ru7")!, life: life)
        home.close(Closing(user: 5, shard: 0, hasGrace: true), at: moment, out: &out)
        #expect(words.suffix(2).map(\.kind) == [.leaving, .gone] && isShown)
        #expect(home.users[5]?.own == nil)
    }

    @Test mutating func aProcessThatIsBeingLeftAsWellDoesNotEndTheGrace() {
        open(at: place)
        let life = home.users[5]!.own!.presence!.identity.life
        hear(.leaving, in: Geohash("dr5ru7")!, life: life)
        home.close(Closing(user: 5, shard: 0, hasGrace: true), at: moment, out: &out)
        #expect(words.last?.kind == .leaving && home.users[5]?.own != nil)
    }

    @Test mutating func whoStoppedSharingElsewhereIsGoneHere() {
        open(at: place)
        home.suspend(Suspension(user: 5, reason: .suspended, isHeard: true), at: moment, out: &out)
        #expect(words.map(\.kind) == [.live, .gone] && words[1].order > words[0].order)
        #expect(home.users.isEmpty)
    }

    // MARK: Interest

    /// The cells that the home began to want, and those that it wants no more.
    private mutating func interest() -> [String] {
        out.interest.take().map { ($0.isWanted ? "+" : "-") + $0.cell.description }
    }

    @Test mutating func theCellOfAnOwnUserIsWantedUntilTheGraceIsOver() {
        open(at: place)
        let first = interest()
        move(to: Geohash("dr72")!.center)
        let second = interest()
        home.close(Closing(user: 5, shard: 0, hasGrace: true), at: moment, out: &out)
        let third = interest()
        moment.monotonic += StrangerLimits.graceMilliseconds
        home.tick(at: moment, out: &out)
        let fourth = interest()
        #expect([first, second, third, fourth] == [["+dr5r"], ["+dr72", "-dr5r"], [], ["-dr72"]])
    }

    @Test mutating func theCellOfAUserOfOthersIsNotWanted() {
        hear(.live, in: Geohash("dr5ru7")!)
        let wanted = interest()
        #expect(wanted == [] && home.residents.keys.sorted() == [Geohash("dr5r")!])
    }

    // MARK: Sweeps

    @Test mutating func aSweepTakesWhoWasHeardBeforeAndKeepsTheGone() {
        let cell = CoarseCell(Geohash("dr5r")!)!
        hear(.live, in: Geohash("dr5ru7")!, process: 2)
        hear(.gone, in: Geohash("dr5ru7")!, process: 3)
        home.sweep(CellSweep(cell: cell, before: moment.monotonic), out: &out)
        #expect(isShown)
        home.sweep(CellSweep(cell: CoarseCell(Geohash("dr72")!)!, before: .max), out: &out)
        #expect(isShown)
        home.sweep(CellSweep(cell: cell, before: moment.monotonic + 1), out: &out)
        #expect(!isShown && home.users[5]?.remotes.map(\.presence.kind) == [.gone])
    }
}
