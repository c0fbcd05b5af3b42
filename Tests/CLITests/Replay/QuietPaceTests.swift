import Geo
import NearbyClient
import Testing

@testable import CLI

@Suite struct QuietPaceTests {
    private func place(_ metres: Double, at seconds: Int64) -> QuietPace.Place {
        let degrees = metres / (Earth.meanRadius * .pi / 180)
        return .init(coordinate: Coordinate(latitude: degrees, longitude: 0)!, time: seconds * 1_000)
    }

    /// At home at 0 s, told to be silent for 300 s within 100 m.
    private func pace(within metres: Double = 100) -> QuietPace {
        var pace = QuietPace()
        pace.send(place(0, at: 0))
        pace.told = Quiet(duration: 300, within: metres)
        return pace
    }

    @Test func whoWasToldNothingSendsEverything() {
        var pace = QuietPace()
        pace.send(place(0, at: 0))
        let mustSend = pace.take(place(0, at: 1))
        #expect(mustSend)
    }

    @Test func withinTheDistanceItIsSilent() {
        var pace = pace()
        let (near, far) = (pace.take(place(99.9, at: 299)), pace.take(place(100.1, at: 299)))
        #expect(!near && far && pace.isTooFar)
        #expect(pace.held == place(100.1, at: 299))
        pace.send(place(100.1, at: 299))
        #expect(pace.held == nil && pace.due == nil)
    }

    @Test func untilTheTimeIsOver() {
        var pace = pace()
        #expect(pace.due == nil)
        let before = pace.take(place(1, at: 299))
        #expect(!before && pace.due == 300_000)
        let then = pace.take(place(1, at: 300))
        #expect(then)
    }

    @Test func lessMayMakeAHeldFixTooFar() {
        var pace = pace()
        let mustSend = pace.take(place(50, at: 1))
        #expect(!mustSend && !pace.isTooFar)
        pace.told = Quiet(duration: 300, within: 0)
        #expect(pace.isTooFar)
    }

    @Test func differencesAreFound() {
        var found = QuietDifferences()
        found.compare(distance: 1_000, shown: 900, radius: 1_000)
        found.compare(distance: 990, shown: nil, radius: 1_000)
        found.compare(distance: 995, shown: nil, radius: 1_000)
        found.compare(distance: 1_001, shown: 999, radius: 1_000)
        found.compare(distance: 1_001, shown: nil, radius: 1_000)
        found.compare(distance: 100, shown: 250, radius: 1_000)
        var all = QuietDifferences()
        all += found
        #expect(all.compared == 4 && all.missing == 2 && all.extra == 1 && !all.isEmpty)
        #expect(all.farthestMissing == 10 && all.distanceError == 150 && all.distanceErrorShare == 0.1)
        #expect(QuietDifferences().isEmpty)
    }
}
