import Channels
import Geo
import Testing

@testable import Strangers

/// Which channels of cells a process hears, when it calls the roll, and what becomes of what it hears.
@Suite struct StrangerExchangeTests {
    private let cell = Geohash("dr5r")!
    private let other = Geohash("dr72")!
    private let coarse = CoarseCell(Geohash("dr5r")!)!
    private var exchange = StrangerExchange(shardCount: 2)

    private func presence(_ kind: Presence.Kind = .live, in cell: String = "dr5ru7") -> Presence {
        Presence(
            process: 7, order: 1, kind: kind, identity: StrangerIdentity(number: 1, life: 1), born: 1,
            cell: BlurredCell(Geohash(cell)!)!, minute: 1)
    }

    private var rollCall: Record { Letter.rollCall(RollCall(cell: coarse)).record }

    private func sweep(before: Int64) -> [StrangerExchange.Action] {
        let record = Letter.sweep(CellSweep(cell: coarse, before: before)).record
        return [.deliver(record, shard: 0), .deliver(record, shard: 1)]
    }

    private mutating func follow(_ cell: Geohash, shard: Int = 0) {
        _ = exchange.setInterest(in: cell, shard: shard, isWanted: true, now: 0)
    }

    /// What becomes of a word about user 5 that was heard on `cell`.
    private mutating func heard(_ said: Presence) -> [Presence] {
        exchange.received(Letter.presence(99, said).record, in: cell) { 5 }.compactMap { action in
            guard case .deliver(let record, shard: 1) = action, case .presence(5, let said)? = Letter(record) else {
                Issue.record("not a presence of user 5 for its home")
                return nil
            }
            return said
        }
    }

    // MARK: Interest

    @Test mutating func theFirstShardSubscribesAndTheNextDoesNot() {
        #expect(exchange.setInterest(in: cell, shard: 0, isWanted: true, now: 0) == [.subscribe(cell)])
        #expect(exchange.setInterest(in: cell, shard: 1, isWanted: true, now: 0) == [])
        #expect(exchange.setInterest(in: other, shard: 1, isWanted: false, now: 0) == [])
        #expect(exchange.cells == [cell])
    }

    @Test mutating func aCellIsLeftAWhileAfterTheLastShardAndThenForgotten() {
        let idle = StrangerLimits.idleCellMilliseconds
        follow(cell, shard: 0)
        follow(cell, shard: 1)
        _ = exchange.setInterest(in: cell, shard: 0, isWanted: false, now: 1_000)
        _ = exchange.setInterest(in: cell, shard: 1, isWanted: false, now: 2_000)
        _ = exchange.setInterest(in: cell, shard: 1, isWanted: false, now: 3_000)
        #expect(exchange.tick(now: 2_000 + idle - 1) == [])
        #expect(exchange.tick(now: 2_000 + idle) == [.unsubscribe(cell)] + sweep(before: .max))
        #expect(exchange.cells == [])
    }

    @Test mutating func aCellThatIsWantedAgainIsKept() {
        follow(cell)
        _ = exchange.setInterest(in: cell, shard: 0, isWanted: false, now: 1_000)
        #expect(exchange.setInterest(in: cell, shard: 1, isWanted: true, now: 2_000) == [])
        #expect(exchange.tick(now: 100_000) == [])
    }

    // MARK: Roll calls

    @Test mutating func theRollIsCalledOnceWhenTheChannelIsHeard() {
        follow(cell)
        #expect(exchange.readyTime(of: [cell]) == nil)
        #expect(exchange.acknowledged(cell, now: 500) == [.callRoll(rollCall, cell)])
        #expect(exchange.acknowledged(cell, now: 600) == [])
        #expect(exchange.acknowledged(other, now: 600) == [])
        #expect(exchange.readyTime(of: [cell]) == 500 + StrangerLimits.rollCallPatience)
        #expect(exchange.readyTime(of: [cell, other]) == nil)
        #expect(exchange.tick(now: 100_000) == [])
    }

    @Test mutating func aSessionIsLetInWhenItsLastCellIsReady() {
        follow(cell)
        follow(other)
        _ = exchange.acknowledged(other, now: 900)
        _ = exchange.acknowledged(cell, now: 500)
        #expect(exchange.readyTime(of: [cell, other]) == 900 + StrangerLimits.rollCallPatience)
    }

    @Test mutating func afterALossTheRollIsCalledHereAndThereAndWhoeverIsNotNamedIsSweptOut() {
        follow(cell)
        _ = exchange.acknowledged(cell, now: 500)
        let own: [StrangerExchange.Action] = [.deliver(rollCall, shard: 0), .deliver(rollCall, shard: 1)]
        #expect(exchange.restored(cell, now: 5_000) == [.callRoll(rollCall, cell)] + own)
        #expect(exchange.restored(other, now: 5_000) == [])
        let due = 5_000 + StrangerLimits.sweepMilliseconds
        #expect(exchange.tick(now: due - 1) == [])
        #expect(exchange.tick(now: due) == sweep(before: 5_000))
        #expect(exchange.tick(now: 2 * due) == [])
    }

    @Test mutating func aChannelThatWasLateIsNotSwept() {
        follow(cell)
        #expect(exchange.restored(cell, now: 5_000).first == .callRoll(rollCall, cell))
        #expect(exchange.readyTime(of: [cell]) == 5_000 + StrangerLimits.rollCallPatience)
        #expect(exchange.tick(now: 100_000) == [])
    }

    @Test mutating func theRollCallOfAnotherProcessGoesToAllShards() {
        follow(cell)
        let own: [StrangerExchange.Action] = [.deliver(rollCall, shard: 0), .deliver(rollCall, shard: 1)]
        #expect(exchange.received(rollCall, in: cell) { 5 } == own)
        follow(other)
        #expect(exchange.received(rollCall, in: other) { 5 } == [])
    }

    // MARK: Presences

    @Test mutating func aPresenceGoesToTheUsersHome() {
        follow(cell)
        #expect(heard(presence()) == [presence()])
        #expect(heard(presence(.leaving)) == [presence(.leaving)])
        #expect(heard(presence(.withdrawn, in: "dr5r")) == [presence(.withdrawn, in: "dr5r")])
    }

    @Test mutating func nothingIsHeardOfACellThatNobodyWants() {
        #expect(exchange.received(Letter.presence(99, presence()).record, in: cell) { 5 } == [])
    }

    @Test mutating func whoLeftForACellThatNobodyWantsIsElsewhere() {
        follow(cell)
        #expect(heard(presence(in: "dr72j8")) == [presence(.elsewhere, in: "dr72j8")])
    }

    /// It may have waited while a server was away, and have been overtaken by what was said on the other channel.
    @Test mutating func whoLeftForACellThatIsHeardIsBelievedThereOnly() {
        follow(cell)
        follow(other)
        #expect(heard(presence(in: "dr72j8")) == [])
        #expect(heard(presence(.gone, in: "dr72j8")) == [presence(.gone, in: "dr72j8")])
    }

    @Test mutating func lettersOfThisProcessAreNotTakenFromOthers() {
        follow(cell)
        let suspension = Letter.suspension(Suspension(user: 5, reason: .suspended)).record
        #expect(exchange.received(suspension, in: cell) { 5 } == [])
        #expect(exchange.received(Letter.sweep(CellSweep(cell: coarse, before: .max)).record, in: cell) { 5 } == [])
    }

    // MARK: Own users

    @Test func whatIsHeardOfAnOwnUserGoesToItsHome() {
        let fix = StrangerFix(coordinate: Geohash("dr5ru7")!.center, timestamp: 7, heard: 8)
        for user in [4, 5] as [UInt32] {
            let movement = Movement(user: user, shard: StrangerLimits.maximumShards, fix: fix)
            let suspension = Suspension(user: user, reason: .suspended, isHeard: true)
            let shard = Int(user % 2)
            #expect(exchange.moved(user: user, to: fix) == .deliver(Letter.movement(movement).record, shard: shard))
            #expect(exchange.suspended(user: user) == .deliver(Letter.suspension(suspension).record, shard: shard))
        }
    }
}
