import Geo
import Testing

@testable import CLI

@Suite struct DemoCityTests {
    /// Crossings as they are on the map.
    @Test(arguments: [
        (5, 42, 40.7536, -73.9807), (5, 59, 40.7644, -73.9733), (8, 42, 40.7519, -73.9764), (2, 50, 40.7627, -73.9860),
    ])
    func cornersAreWhereTheyAre(_ avenue: Int, _ street: Int, _ latitude: Double, _ longitude: Double) {
        let corner = DemoCity.Corner(avenue: avenue, street: street)
        let place = DemoCity.coordinate(x: corner.x, y: corner.y)
        #expect(place.distance(to: Coordinate(latitude: latitude, longitude: longitude)!) < 120, "\(corner.name)")
    }

    @Test func metresOfThePlaneAreMetresOfTheMap() {
        let (a, b) = (DemoCity.coordinate(x: -1_400, y: 0), DemoCity.coordinate(x: 1_000, y: 3_600))
        #expect(abs(a.distance(to: b) - (2_400.0 * 2_400 + 3_600 * 3_600).squareRoot()) < 3)
        #expect(
            abs(Compass.bearing(from: DemoCity.coordinate(x: 0, y: 0), to: DemoCity.coordinate(x: 0, y: 800)) - 29)
                < 0.1)
    }

    @Test func theGridEnds() {
        let first = DemoCity.Corner(avenue: 0, street: 14)
        #expect(DemoCity.neighbor(of: first, .west) == nil)
        #expect(DemoCity.neighbor(of: first, .downtown) == nil)
        #expect(DemoCity.neighbor(of: first, .east) == .init(avenue: 1, street: 14))
        #expect(DemoCity.neighbor(of: first, .uptown) == .init(avenue: 0, street: 15))
        let last = DemoCity.Corner(avenue: DemoCity.avenues.count - 1, street: 59)
        #expect(DemoCity.neighbor(of: last, .east) == nil)
        #expect(DemoCity.neighbor(of: last, .uptown) == nil)
    }

    @Test(arguments: [(14, "14th"), (21, "21st"), (22, "22nd"), (33, "33rd"), (42, "42nd"), (59, "59th")])
    func names(_ street: Int, _ ordinal: String) {
        #expect(DemoCity.Corner(avenue: 5, street: street).name == "5th Av & \(ordinal) St")
    }
}
