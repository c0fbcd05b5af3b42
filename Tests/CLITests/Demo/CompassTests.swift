import Geo
import Testing

@testable import CLI

@Suite struct CompassTests {
    private let center = Coordinate(latitude: 0, longitude: 0)!

    @Test(arguments: [
        (1.0, 0.0, 0.0, "N"), (1, 1, 45, "NE"), (0, 1, 90, "E"), (-1, 1, 135, "SE"), (-1, 0, 180, "S"),
        (-1, -1, 225, "SW"), (0, -1, 270, "W"), (1, -1, 315, "NW"),
    ])
    func eightPoints(_ latitude: Double, _ longitude: Double, _ degrees: Double, _ point: String) {
        let bearing = Compass.bearing(from: center, to: Coordinate(latitude: latitude, longitude: longitude)!)
        #expect(abs(bearing - degrees) < 0.1)
        #expect(Compass.point(bearing) == point)
    }

    @Test func pointsEndHalfWay() {
        #expect(Compass.point(22.4) == "N")
        #expect(Compass.point(22.6) == "NE")
        #expect(Compass.point(337.4) == "NW")
        #expect(Compass.point(337.6) == "N")
        #expect(Compass.point(360) == "N")
    }

    @Test func acrossTheDateLine() {
        let west = Coordinate(latitude: 10, longitude: 179.9)!
        let east = Coordinate(latitude: 10, longitude: -179.9)!
        #expect(Compass.point(Compass.bearing(from: west, to: east)) == "E")
        #expect(Compass.point(Compass.bearing(from: east, to: west)) == "W")
    }

    @Test func anglesAreTheSmallerOnes() {
        #expect(Compass.angle(10, 350) == 20)
        #expect(Compass.angle(350, 10) == 20)
        #expect(Compass.angle(0, 180) == 180)
        #expect(Compass.angle(90, 90) == 0)
    }
}
