import Channels
import Geo
import Testing

@testable import Strangers

/// Strangers at several processes: what one says of its users, and what the others make of it.
@Suite struct ProcessTests {
    private let place = Geohash("dr5ru7")!.center
    private let network = Network(3, settings: settings(k: 1, sampleSize: 50, expire: 7 * 86_400_000))

    /// Opts in at a process and waits for the answer.
    @discardableResult
    private func join(_ user: UInt32, at process: Int, session: UInt32? = nil, _ place: Coordinate? = nil) -> Client {
        let client = network.clusters[process].optIn(session ?? user, user: user, at: place ?? self.place)
        network.advance(1_000)
        #expect(client.readyCount > 0)
        return client
    }

    private func seen(by client: Client, at process: Int) -> Set<UInt32> {
        Set(network.clusters[process].seen(by: client).keys)
    }

    private let twoTicks: Int64 = 61_000

    @Test func aNewcomerIsAnsweredByARollCall() {
        for user in 1...3 as ClosedRange<UInt32> { join(user, at: 0) }
        let client = join(9, at: 1)
        #expect(seen(by: client, at: 1) == [1, 2, 3])
        #expect(!client.isTooFew)
        network.advance(twoTicks)
        let other = network.clusters[0].clients[1]!
        #expect(seen(by: other, at: 0) == [2, 3, 9])
    }

    @Test func fewerThanKAreNotPublishedAndNobodyCountsTwice() {
        let network = Network(2, settings: settings(k: 3))
        func join(_ user: UInt32, at process: Int, session: UInt32) -> Client {
            let client = network.clusters[process].optIn(session, user: user, at: place)
            network.advance(1_000)
            return client
        }
        let first = join(1, at: 0, session: 1)
        let second = join(2, at: 1, session: 2)
        let secondElsewhere = join(2, at: 0, session: 3)
        let firstElsewhere = join(1, at: 1, session: 4)
        network.advance(twoTicks)
        for client in [first, second, secondElsewhere, firstElsewhere] {
            #expect(client.view.isEmpty && client.isTooFew)
        }
        _ = join(3, at: 1, session: 5)
        network.advance(twoTicks)
        for client in [first, second, secondElsewhere, firstElsewhere] {
            #expect(client.view.count == 2 && !client.isTooFew)
        }
    }

    @Test func turningOffActsAtOnceEverywhere() {
        let client = join(1, at: 0)
        join(2, at: 1)
        network.advance(twoTicks)
        #expect(seen(by: client, at: 0) == [2])
        network.clusters[1].optOut(2)
        network.settle()
        #expect(client.view.isEmpty)
    }

    @Test func whoVanishesStaysForTheGraceAndWhoIsKilledForTheLease() {
        let client = join(1, at: 0)
        join(2, at: 1)
        join(3, at: 2)
        network.advance(twoTicks)
        #expect(seen(by: client, at: 0) == [2, 3])
        network.clusters[1].close(2)
        network.dead.insert(2)
        network.advance(StrangerLimits.graceMilliseconds - 1_000)
        #expect(seen(by: client, at: 0) == [2, 3])
        network.advance(2_000)
        #expect(seen(by: client, at: 0) == [3])
        network.advance(StrangerLimits.presenceMilliseconds - StrangerLimits.graceMilliseconds)
        #expect(client.view.isEmpty)
    }

    @Test func whoComesBackAtAnotherProcessIsTheSameAndStays() {
        let client = join(1, at: 0)
        join(2, at: 1)
        network.advance(twoTicks, wall: false)
        let sid = client.view.keys.first
        #expect(sid != nil)
        network.clusters[1].close(2)
        join(2, at: 2, session: 22)
        network.advance(3 * StrangerLimits.graceMilliseconds, wall: false)
        #expect(Array(client.view.keys) == [sid])
        network.clusters[2].optOut(22)
        network.settle()
        #expect(client.view.isEmpty)
    }

    @Test func theOptOutOfAUserOfAKilledProcessActsAtOnce() {
        let client = join(1, at: 0)
        join(2, at: 1)
        network.dead.insert(1)
        join(2, at: 2, session: 22)
        network.advance(twoTicks)
        #expect(seen(by: client, at: 0) == [2])
        network.clusters[2].optOut(22)
        network.settle()
        #expect(client.view.isEmpty)
        network.advance(2 * twoTicks)
        #expect(client.view.isEmpty)
    }

    @Test func whoTurnsOffAtOneProcessAndIsOnAtAnotherStays() {
        let client = join(1, at: 0)
        join(2, at: 1)
        join(2, at: 2, session: 22)
        network.clusters[1].optOut(2)
        network.advance(StrangerLimits.reassertMilliseconds + twoTicks)
        #expect(seen(by: client, at: 0) == [2])
    }

    @Test func movesAcrossCellsWithoutAGap() {
        let client = join(1, at: 0)
        join(2, at: 1)
        network.advance(twoTicks)
        // Over the edge of the cell of precision 4, and on, far out of reach.
        let edge = Geohash("dr5r")!.box.east
        let west = at(place.latitude, edge - 0.005)
        join(3, at: 2, west)
        network.move(2, to: west, at: 1)
        network.move(1, to: west, at: 0)
        network.advance(2 * twoTicks)
        #expect(seen(by: client, at: 0) == [2, 3])
        var ends = 0
        network.clusters[0].onChanges = { _, changes in ends += changes.gone.count }
        network.move(2, to: at(place.latitude, edge + 0.02), at: 1)
        network.advance(2 * twoTicks)
        #expect(seen(by: client, at: 0).contains(3))
        network.move(2, to: at(place.latitude, edge + 3), at: 1)
        // The wall stands still, so that no change of pseudonyms leaves a tick without anybody.
        network.advance(2 * twoTicks, wall: false)
        #expect(seen(by: client, at: 0) == [3])
    }

    @Test func sharingOffElsewhereEndsTheSessionsHere() {
        let client = join(1, at: 0)
        let other = join(2, at: 1)
        network.advance(twoTicks)
        network.suspend(2, at: 2)
        network.settle()
        #expect(other.reasons == [.suspended] && client.view.isEmpty)
    }

    @Test func whoIsSilentIsGoneEverywhereAndComesBackAsSomebodyElse() {
        let network = Network(2, settings: settings(inactivity: 600_000))
        let client = network.clusters[0].optIn(1, user: 1, at: place)
        network.clusters[1].optIn(2, user: 2, at: place)
        network.advance(twoTicks)
        func life(of user: UInt32) -> UInt64? {
            let members = network.clusters[0].shards[0].members
            return members.find(user: user).map { members[$0].identity.life }
        }
        let before = life(of: 2)
        for _ in 0..<11 {
            network.advance(60_000)
            network.move(1, to: place, at: 0)
        }
        #expect(client.view.isEmpty && client.isOn)
        network.move(2, to: place, at: 1)
        network.advance(2 * twoTicks)
        #expect(Set(network.clusters[0].seen(by: client).keys) == [2])
        #expect(before != nil && life(of: 2) != before)
    }

    @Test func whatWasMissedWhileTheServerWasDownIsMadeUpFor() {
        let client = join(1, at: 0)
        join(2, at: 1)
        join(3, at: 2)
        network.advance(twoTicks)
        network.goDown()
        network.clusters[1].optOut(2)
        join(4, at: 1)
        network.advance(twoTicks)
        #expect(seen(by: client, at: 0) == [2, 3])
        network.comeBack()
        network.advance(2_000)
        #expect(seen(by: client, at: 0) == [3])
        network.advance(twoTicks)
        #expect(seen(by: client, at: 0) == [3, 4])
    }

    @Test func whoIsNotNamedWhenTheServerIsBackIsSweptOut() {
        let client = join(1, at: 0)
        join(2, at: 1)
        network.advance(twoTicks)
        network.goDown()
        network.dead.insert(1)
        network.comeBack()
        network.advance(StrangerLimits.sweepMilliseconds - 4_000)
        #expect(seen(by: client, at: 0) == [2])
        network.advance(6_000)
        #expect(client.view.isEmpty)
    }

    @Test func whileTheServerIsDownNobodyIsShownLongerThanTheLease() {
        let client = join(1, at: 0)
        join(2, at: 1)
        network.advance(twoTicks)
        network.goDown()
        network.advance(StrangerLimits.presenceMilliseconds + 1_000)
        #expect(client.view.isEmpty)
    }

    @Test func aChannelIsLeftWhenNobodyNeedsItAndNothingOfItIsKept() {
        let client = join(1, at: 0)
        join(2, at: 1)
        network.advance(twoTicks)
        #expect(seen(by: client, at: 0) == [2])
        network.clusters[0].optOut(1)
        network.advance(StrangerLimits.idleCellMilliseconds + 2_000)
        #expect(network.clusters[0].shards[0].publishedCount == 0)
        let before = network.heardCount
        network.clusters[1].optOut(2)
        network.settle()
        #expect(network.heardCount == before)
    }

    @Test func aRollCallIsAnsweredInPartsAndNotTooOften() {
        let count = StrangerLimits.rollCallPart + 1
        let network = Network(2, settings: settings(k: 1))
        for user in 0..<count { network.clusters[0].optIn(UInt32(user), user: UInt32(user), at: place) }
        network.advance(1_000)
        var times: [Int64: Int] = [:]
        network.onPublish = { [unowned network] record, _ in
            if case .presence? = Letter(record) { times[network.moment.monotonic, default: 0] += 1 }
        }
        let client = network.clusters[1].optIn(5_000, user: 5_000, at: place)
        network.advance(900)
        // The newcomer, then the two parts.
        #expect(times.sorted { $0.key < $1.key }.map(\.value) == [1, StrangerLimits.rollCallPart, 1])
        #expect(client.readyCount == 1 && client.view.count == 50)
    }

    @Test func nothingFinerThanABlurredCellIsSaid() {
        network.onPublish = { record, cell in
            #expect(cell.precision == 4 && record.heard == .min)
            guard case .presence(_, let said)? = Letter(record) else { return }
            #expect(said.cell.geohash.precision <= 6)
        }
        join(1, at: 0)
        join(2, at: 1)
        network.move(1, to: place.moved(north: 3_000), at: 0)
        network.advance(10 * 60_000)
        #expect(network.heardCount > 0)
    }
}
