import Synchronization
import Testing

@testable import Channels

@Suite struct UserTableTests {
    private let users = UserTable()

    private func id(_ number: Int) -> UserID { UserID("u\(number)")! }

    // MARK: Ids

    @Test func indexesAreDenseAndStay() {
        #expect(users.count == 0)
        #expect(users.knownIndex(of: id(1)) == nil)
        // More than two chunks.
        let indexes = (1...9_000).map { users.index(of: id($0)) }
        #expect(indexes == Array(1...9_000))
        #expect(users.count == 9_000)
        for number in [1, 4_095, 4_096, 4_097, 8_192, 9_000] {
            #expect(users.index(of: id(number)) == UInt32(number))
            #expect(users.knownIndex(of: id(number)) == UInt32(number))
            #expect(users.id(of: UInt32(number)) == id(number))
        }
        #expect(users.count == 9_000)
    }

    @Test func manyThreadsAgreeAboutIndexes() {
        let wrong = Atomic(0)
        Threads.run(4) { [users] thread in
            var random = SeededRandom(seed: UInt64(thread))
            for _ in 0..<20_000 {
                let id = UserID("u\(Int.random(in: 0..<6_000, using: &random))")!
                let index = users.index(of: id)
                if users.id(of: index) != id || users.knownIndex(of: id) != index {
                    wrong.add(1, ordering: .relaxed)
                }
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
        let indexes = Set((0..<6_000).compactMap { users.knownIndex(of: id($0)) })
        #expect(indexes.count == users.count)
        #expect(indexes.max() == UInt32(users.count))
    }

    // MARK: Locations

    @Test func onlyNewerTimestampsAreAccepted() throws {
        let user = users.index(of: id(1))
        #expect(users.state(of: user) == nil)
        #expect(users.accept(user, Stage.place(1), timestamp: 10, heard: 100) != nil)
        #expect(users.accept(user, Stage.place(2), timestamp: 10, heard: 200) == nil)
        #expect(users.accept(user, Stage.place(2), timestamp: 9, heard: 200) == nil)
        let kept = try #require(users.state(of: user))
        #expect(kept.coordinate == Stage.place(1) && kept.heard == 100, "ignored is no activity")
        #expect(users.accept(user, Stage.place(2), timestamp: 11, heard: 300)?.coordinate == Stage.place(2))
    }

    @Test func ofManyThreadsTheNewestTimestampStaysAndNoneIsAcceptedTwice() {
        let user = users.index(of: id(1))
        let accepted = Mutex<[Int64]>([])
        Threads.run(4) { [users] thread in
            var random = SeededRandom(seed: UInt64(thread))
            var mine: [Int64] = []
            for step in Int64(0)..<5_000 {
                let timestamp = step + Int64.random(in: 0...20, using: &random)
                guard let state = users.accept(user, Stage.place(0), timestamp: timestamp, heard: timestamp)
                else { continue }
                if state.timestamp == timestamp, state.heard == timestamp { mine.append(timestamp) }
            }
            accepted.withLock { $0 += mine }
        }
        let all = accepted.withLock { $0 }
        #expect(Set(all).count == all.count)
        #expect(users.state(of: user)?.timestamp == all.max())
    }

    // MARK: Sharing and erasure

    @Test func olderChangesOfSharingAreIgnored() {
        let user = users.index(of: id(1))
        #expect(users.sharing(of: user) == (0, true))
        #expect(users.setSharing(user, false, epoch: 0) == nil)
        #expect(users.setSharing(user, false, epoch: 2)?.flags == [])
        #expect(users.setSharing(user, true, epoch: 1) == nil)
        #expect(users.setSharing(user, true, epoch: 2) == nil)
        #expect(users.sharing(of: user) == (2, false))
    }

    @Test func whoDoesNotShareIsStillLocated() {
        let user = users.index(of: id(1))
        _ = users.setSharing(user, false, epoch: 1)
        let state = users.accept(user, Stage.place(1), timestamp: 1, heard: 1)
        #expect(state?.flags == .located)
        #expect(users.setSharing(user, true, epoch: 2)?.coordinate == Stage.place(1))
    }

    @Test func erasureForgetsAndRaisesTheEpoch() {
        let user = users.index(of: id(1))
        _ = users.accept(user, Stage.place(1), timestamp: 1, heard: 1)
        _ = users.setSharing(user, true, epoch: 4)
        let erased = users.erase(user, epoch: 2)
        #expect(erased.epoch == 5 && erased.flags == .erased)
        #expect(users.accept(user, Stage.place(2), timestamp: 2, heard: 2) == nil)
        #expect(users.state(of: user) == nil)
        #expect(users.erase(user, epoch: 9).epoch == 9)
        #expect(users.setSharing(user, true, epoch: 9) == nil)
        #expect(users.setSharing(user, true, epoch: 10) != nil)
        #expect(users.accept(user, Stage.place(2), timestamp: 1, heard: 2)?.flags == [.located, .sharing])
    }

    @Test func whoIsHiddenHasATombstone() {
        let user = users.index(of: id(1))
        #expect(users.tombstone(of: user) == nil)
        _ = users.accept(user, Stage.place(1), timestamp: 1, heard: 1)
        #expect(users.tombstone(of: user) == nil)
        _ = users.setSharing(user, false, epoch: 1)
        #expect(users.tombstone(of: user)?.epoch == 1)
        _ = users.setSharing(user, true, epoch: 2)
        #expect(users.tombstone(of: user) == nil)
        #expect(users.erase(user, epoch: 3) == users.tombstone(of: user))
    }

    @Test func restoringNeverReplacesWhatIsNewer() {
        let user = users.index(of: id(1))
        let stored = UserState(coordinate: Stage.place(1), timestamp: 50, heard: 10, epoch: 3)
        users.restore(user, stored)
        #expect(users.state(of: user) == stored)
        var older = stored
        older.timestamp = 49
        users.restore(user, older)
        #expect(users.state(of: user) == stored)
        _ = users.accept(user, Stage.place(2), timestamp: 60, heard: 20)
        users.restore(user, stored)
        #expect(users.state(of: user)?.timestamp == 60)
        _ = users.erase(user, epoch: 4)
        users.restore(user, stored)
        #expect(users.state(of: user) == nil, "an erased location does not come back")
    }

    // MARK: Interest

    // MARK: What others say, where a store is asked

    /// As another process sends it.
    private func said(
        _ flags: UserState.Flags, epoch: UInt32, timestamp: Int64, at metres: Double = 0
    ) -> UserState {
        UserState(
            coordinate: Stage.place(metres), timestamp: timestamp, heard: 50, epoch: epoch, flags: flags)
    }

    @Test func othersCanHideAndCannotShow() throws {
        let users = UserTable(believesOthers: false)
        let user = users.index(of: id(1))
        _ = users.setSharing(user, false, epoch: 3)
        #expect(users.merge(said([.located, .sharing], epoch: 9, timestamp: 10, at: 5), of: user) != nil)
        let hidden = try #require(users.state(of: user))
        #expect(hidden.coordinate == Stage.place(5) && hidden.epoch == 3 && !hidden.flags.contains(.sharing))
        // The store says so.
        #expect(users.setSharing(user, true, epoch: 4)?.flags == [.located, .sharing])
        #expect(users.merge(said([.located], epoch: 5, timestamp: 9), of: user) != nil)
        #expect(users.state(of: user)?.flags == [.located])
        #expect(users.state(of: user)?.coordinate == Stage.place(5), "an older location")
        #expect(users.setSharing(user, true, epoch: 6) != nil)
        #expect(users.merge(said([.erased], epoch: 7, timestamp: .min), of: user) != nil)
        #expect(users.sharing(of: user) == (6, false))
    }

    @Test func ofTheSameEpochOthersTellLocationsOnly() throws {
        let users = UserTable(believesOthers: false)
        let user = users.index(of: id(1))
        _ = users.setSharing(user, true, epoch: 3)
        #expect(users.merge(said([.located], epoch: 3, timestamp: 10), of: user) != nil)
        #expect(users.state(of: user)?.flags == [.located, .sharing])
        #expect(users.merge(said([.located], epoch: 2, timestamp: 11), of: user) == nil, "from before a change")
        #expect(users.merge(said([.located], epoch: 3, timestamp: 10), of: user) == nil, "a double")
        _ = users.erase(user, epoch: 4)
        #expect(users.merge(said([.located, .sharing], epoch: 5, timestamp: 12), of: user) == nil)
        #expect(users.state(of: user) == nil && users.isErased(user))
    }

    @Test func everyShardHasItsBit() {
        let user = users.index(of: id(1))
        for shard in [0, 63, 5] { users.addInterest(in: user, shard: shard) }
        users.addInterest(in: user, shard: 5)
        #expect(users.interest(in: user) == UInt64(1) << 63 | 1 << 5 | 1)
        users.removeInterest(in: user, shard: 63)
        #expect(users.interest(in: user) == UInt64(1) << 5 | 1)
    }
}
