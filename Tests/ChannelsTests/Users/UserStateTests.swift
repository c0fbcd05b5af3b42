import Testing

@testable import Channels

@Suite struct UserStateTests {
    private func state(_ flags: UserState.Flags, heard: Int64 = 1_000) -> UserState {
        UserState(coordinate: Stage.place(0), timestamp: 5, heard: heard, epoch: 2, flags: flags)
    }

    @Test func visibleUntilTheInactivityTimeHasPassed() {
        let state = state([.located, .sharing])
        #expect(state.isVisible(at: 1_599, inactivity: 600))
        #expect(!state.isVisible(at: 1_600, inactivity: 600))
    }

    @Test(arguments: [UserState.Flags.located, .sharing, []])
    func notVisibleUnlessLocatedAndSharing(flags: UserState.Flags) {
        #expect(!state(flags).isVisible(at: 1_000, inactivity: 600))
        #expect(!state(flags, heard: .min).isVisible(at: 1_000, inactivity: 600))
    }

    @Test func epochsBeatTimestamps() {
        let state = state([.located])
        #expect(state.isNewer(thanEpoch: 1, timestamp: 9))
        #expect(state.isNewer(thanEpoch: 2, timestamp: 4))
        #expect(!state.isNewer(thanEpoch: 2, timestamp: 5))
        #expect(!state.isNewer(thanEpoch: 3, timestamp: 4))
    }

    @Test func aStateIsThirtyTwoBytes() {
        #expect(MemoryLayout<UserState>.stride == 32)
    }
}
