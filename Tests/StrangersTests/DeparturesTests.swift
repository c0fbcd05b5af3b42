import Geo
import Testing

@testable import Strangers

/// Whom a process has taken out of a cell, and for how long it says so.
@Suite struct DeparturesTests {
    private let cell = Geohash("dr5r")!
    private let lease = StrangerLimits.presenceMilliseconds
    private var departures = Departures()

    private mutating func note(_ kind: Presence.Kind, order: UInt64, now: Int64) {
        let said = Presence(
            process: 1, order: order, kind: kind, identity: StrangerIdentity(number: 1, life: 1), born: 1,
            cell: BlurredCell(cell)!, minute: 1)
        departures.note(Announcement(user: 5, presence: said, cell: cell), now: now)
    }

    @Test mutating func anEndIsForgottenWhenNobodyCanKnowTheUserAnyMore() {
        note(.gone, order: 1, now: 100)
        departures.tick(now: 100 + lease - 1)
        #expect(departures[5, in: cell]?.kind == .gone && Array(departures.users(in: cell)) == [5])
        departures.tick(now: 100 + lease)
        #expect(departures[5, in: cell] == nil && departures.isEmpty(in: cell))
    }

    @Test mutating func aLaterEndIsKeptForItsOwnTime() {
        note(.gone, order: 1, now: 0)
        note(.withdrawn, order: 2, now: 60_000)
        departures.tick(now: lease)
        #expect(departures[5, in: cell]?.order == 2)
        departures.tick(now: 60_000 + lease)
        #expect(departures.isEmpty(in: cell))
    }

    @Test(arguments: [Presence.Kind.live, .leaving]) mutating func aReturnEndsADeparture(_ kind: Presence.Kind) {
        note(.gone, order: 1, now: 0)
        note(kind, order: 2, now: 10)
        #expect(departures.isEmpty(in: cell))
        note(.gone, order: 3, now: 20)
        departures.tick(now: lease)
        #expect(departures[5, in: cell]?.order == 3)
    }

    @Test mutating func departuresOfOtherCellsStay() {
        note(.gone, order: 1, now: 0)
        let other = Geohash("dr72")!
        let said = departures[5, in: cell]!
        departures.note(Announcement(user: 5, presence: said, cell: other), now: 10)
        departures.tick(now: lease)
        #expect(departures.isEmpty(in: cell) && departures[5, in: other] == said)
    }
}
