import Testing
import WebSocket

@testable import NearbyClient

/// Clocks that jump, and machines that sleep.
@Suite struct ClockTests {
    private func fix(_ wall: Int64) -> Fix { Fix(position: Samples.at(40.75, -73.98), timestamp: wall) }

    /// The wall clock goes back by an hour: what is waited for does not.
    @Test func aWallClockThatJumpsStopsNothing() throws {
        var machine = ClientMachine { 0.5 }
        let wall: Int64 = 1_700_000_000_000
        machine.start(Moment(uptime: 0, wall: wall))
        machine.move(Moment(uptime: 0, wall: wall), fix(wall))
        machine.tokenGot(Moment(uptime: 0, wall: wall), "token")
        machine.closed(Moment(uptime: 0, wall: wall), .abnormal)
        _ = machine.takeActions()
        #expect(machine.due == 250)
        machine.tick(Moment(uptime: 250, wall: wall - 3_600_000))
        #expect(machine.takeActions().contains { if case .open = $0 { true } else { false } })
    }

    /// A `ts` that is not newer would count for nothing.
    @Test func timestampsOnlyGrow() {
        var pace = LocationPace()
        let first = Moment(uptime: 0, wall: 5_000)
        pace.moved(to: fix(5_000))
        #expect(pace.take(first)?.timestamp == 5_000)
        #expect(pace.take(first)?.timestamp == 5_001)
        #expect(pace.take(Moment(uptime: 1, wall: 9_000))?.timestamp == 9_000)
        pace.moved(to: fix(4_000))
        #expect(pace.take(Moment(uptime: 2, wall: 3_000))?.timestamp == 9_001)
    }
}
