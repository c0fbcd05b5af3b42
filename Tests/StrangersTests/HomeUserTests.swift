import Geo
import Testing

@testable import Strangers

/// What counts of all that processes say of one user.
@Suite struct HomeUserTests {
    private var user = HomeUser()

    private func presence(
        _ kind: Presence.Kind = .live, by process: UInt64 = 2, order: UInt64, born: UInt32 = 10, life: UInt64 = 77,
        in cell: String = "dr5ru7"
    ) -> Presence {
        Presence(
            process: process, order: order, kind: kind, identity: StrangerIdentity(number: 50, life: life), born: born,
            cell: BlurredCell(Geohash(cell)!)!, minute: 1)
    }

    /// A user with a session here, about which this process, number 1, said something.
    private mutating func speak(order: UInt64, born: UInt32 = 10, life: UInt64 = 11, in cell: String = "dr5ru4") {
        var own = OwnUser(number: 50, fix: StrangerFix(coordinate: Geohash(cell)!.center, timestamp: 0, heard: 0))
        own.shards = 1
        own.presence = OwnPresence(
            cell: BlurredCell(Geohash(cell)!), identity: StrangerIdentity(number: 50, life: life), born: born,
            minute: 1,
            order: order, toldAt: 0)
        user.own = own
    }

    private var target: String? { user.target(process: 1)?.cell?.geohash.description }

    // MARK: Words of one process

    @Test mutating func anOlderWordOfTheSameProcessIsNotTaken() {
        let first = user.note(presence(order: 5), now: 0)
        #expect(first)
        let second = user.note(presence(order: 4, in: "dr5ru4"), now: 1)
        #expect(!second)
        #expect(target == "dr5ru7" && user.remotes.map(\.heard) == [0])
    }

    @Test mutating func theSameWordAgainRenewsIt() {
        let first = user.note(presence(order: 5), now: 0)
        #expect(first)
        let second = user.note(presence(order: 5), now: 70_000)
        #expect(second)
        #expect(user.remotes.map(\.end) == [70_000 + StrangerLimits.presenceMilliseconds])
    }

    @Test(arguments: [Presence.Kind.gone, .withdrawn]) mutating func onlyANewerWordBringsBackWhoIsGone(
        _ end: Presence.Kind
    ) {
        let first = user.note(presence(end, order: 5), now: 0)
        #expect(first)
        let second = user.note(presence(order: 5), now: 1)
        #expect(!second && target == nil)
        let third = user.note(presence(order: 6), now: 1)
        #expect(third && target == "dr5ru7")
    }

    @Test mutating func aUserWhoIsLeavingIsKeptForTheGraceAndAnyOtherForTheLease() {
        _ = user.note(presence(.leaving, by: 2, order: 5), now: 100)
        _ = user.note(presence(.gone, by: 3, order: 5), now: 100)
        #expect(
            user.remotes.map(\.end) == [
                100 + StrangerLimits.graceMilliseconds, 100 + StrangerLimits.presenceMilliseconds,
            ])
    }

    @Test mutating func theProcessThatWasHeardLongestAgoIsForgottenForOneTooMany() {
        let limit = StrangerLimits.maximumProcesses
        for process in 0..<limit { _ = user.note(presence(by: UInt64(process + 2), order: 5), now: Int64(process)) }
        #expect(user.remotes.count == limit)
        let isTaken = user.note(presence(by: 99, order: 5), now: 1_000)
        #expect(isTaken)
        #expect(user.remotes.count == limit && !user.remotes.contains { $0.presence.process == 2 })
    }

    // MARK: Who says where the user is

    @Test mutating func theHighestOrderSaysWhere() {
        _ = user.note(presence(by: 2, order: 6, in: "dr5ru6"), now: 0)
        _ = user.note(presence(by: 3, order: 5, in: "dr5ru7"), now: 0)
        #expect(target == "dr5ru6")
        speak(order: 7)
        #expect(target == "dr5ru4")
        speak(order: 5)
        #expect(target == "dr5ru6")
    }

    @Test mutating func ofTheSameOrderTheHigherProcessSaysWhereEverywhere() {
        _ = user.note(presence(by: 2, order: 6, in: "dr5ru6"), now: 0)
        _ = user.note(presence(by: 3, order: 6, in: "dr5ru7"), now: 0)
        #expect(target == "dr5ru7")
        speak(order: 6)
        #expect(target == "dr5ru7")
        #expect(user.target(process: 9)?.cell?.geohash.description == "dr5ru4")
    }

    @Test mutating func aSessionCountsMoreThanOneThatHasJustClosed() {
        _ = user.note(presence(.leaving, by: 2, order: 9, in: "dr5ru6"), now: 0)
        _ = user.note(presence(by: 3, order: 5, in: "dr5ru7"), now: 0)
        #expect(target == "dr5ru7")
        speak(order: 4)
        #expect(target == "dr5ru7")
        user.remotes.removeLast()
        #expect(target == "dr5ru4")
        user.own?.shards = 0
        #expect(target == "dr5ru6")
    }

    @Test mutating func whoIsElsewhereOrGoneIsNowhere() {
        for (process, kind) in [(2, Presence.Kind.elsewhere), (3, .gone), (4, .withdrawn)] {
            _ = user.note(presence(kind, by: UInt64(process), order: 5), now: 0)
        }
        #expect(target == nil && user.channels.isEmpty)
        speak(order: 4)
        #expect(target == "dr5ru4" && user.channels == [Geohash("dr5r")])
        user.own?.presence?.isSilent = true
        #expect(target == nil && user.channels.isEmpty)
    }

    @Test mutating func theOldestLifeIsUsedWhoeverSaysWhere() {
        _ = user.note(presence(by: 2, order: 9, born: 20, life: 22), now: 0)
        _ = user.note(presence(by: 3, order: 5, born: 15, life: 33), now: 0)
        #expect(user.target(process: 1)?.identity.life == 33)
        speak(order: 1, born: 14, life: 11)
        #expect(target == "dr5ru7" && user.target(process: 1)?.identity.life == 11)
        speak(order: 10, born: 16, life: 11)
        #expect(target == "dr5ru4" && user.target(process: 1)?.identity.life == 33)
    }
}
