import Foundation
import Geo
import Testing

@Suite struct NineCellRuleTests {
    @Test func `every point of a covered disc is in the nine cells`() {
        var random = SeededRandom(seed: 50)
        var checked = 0
        for _ in 0..<3_000 {
            let origin = random.coordinate()
            let radius = Radius(metres: random.magnitude(from: 1, to: Radius.maximumMetres))!
            guard
                let precision = NineCellRule.finestPrecision(
                    covering: radius, at: origin, among: Array(1...12))
            else { continue }
            let nine = Set(Geohash(origin, precision: precision).nine)
            for point in points(around: origin, radius: radius.metres, &random) {
                #expect(nine.contains(Geohash(point, precision: precision)))
                checked += 1
            }
        }
        #expect(checked > 30_000)
    }

    @Test func `discs just within the largest radius are covered`() {
        var random = SeededRandom(seed: 51)
        for _ in 0..<2_000 {
            let precision = Int.random(in: 1...8, using: &random)
            let origin = cornered(random.coordinate(), precision: precision, &random)
            let largest = NineCellRule.largestRadius(precision: precision, latitude: origin.latitude)
            let nine = Set(Geohash(origin, precision: precision).nine)
            for point in points(around: origin, radius: largest * 0.9999, &random) {
                #expect(nine.contains(Geohash(point, precision: precision)))
            }
        }
    }

    @Test func `discs just beyond the largest radius are not always covered`() {
        var random = SeededRandom(seed: 52)
        var (byWidth, byHeight) = (0, 0)
        for _ in 0..<2_000 {
            let precision = Int.random(in: 1...7, using: &random)
            let latitude = Double.random(in: -89...89, using: &random)
            let largest = NineCellRule.largestRadius(precision: precision, latitude: latitude)
            let angle = largest * 1.001 / Earth.meanRadius
            let anywhere = Geohash(
                Coordinate(latitude: latitude, longitude: random.longitude())!, precision: precision)
            if largest >= anywhere.height {
                byHeight += 1
                #expect(!coversTowardsEquator(from: anywhere, angle: angle))
            } else {
                byWidth += 1
                #expect(!coversWestward(from: anywhere, latitude: latitude, angle: angle))
            }
        }
        #expect(byWidth > 500 && byHeight > 50)
    }

    @Test func `a disc that touches a pole is never covered`() throws {
        for precision in 1...12 {
            for latitude in [90.0, -90] {
                #expect(NineCellRule.largestRadius(precision: precision, latitude: latitude) == 0)
            }
            for fromPole in [1e-7, 0.01, 0.5, 5, 40] {
                let largest = NineCellRule.largestRadius(precision: precision, latitude: 90 - fromPole)
                #expect(largest > 0 && largest < Sphere.radians(fromPole) * Earth.meanRadius)
            }
        }
        let nearPole = try #require(Coordinate(latitude: 89.99, longitude: 7))
        let reaching = try #require(Radius(metres: 1_200))
        let short = try #require(Radius(metres: 700))
        #expect(NineCellRule.finestPrecision(covering: reaching, at: nearPole, among: Array(1...12)) == nil)
        #expect(NineCellRule.finestPrecision(covering: short, at: nearPole, among: Array(1...12)) == 1)
    }

    @Test func `chooses the finest candidate that covers, in any order`() throws {
        let berlin = try #require(Coordinate(latitude: 52.52, longitude: 13.405))
        let twoKilometres = try #require(Radius(metres: 2_000))
        let sixKilometres = try #require(Radius(metres: 6_000))
        let hundredKilometres = try #require(Radius(metres: 100_000))
        #expect(NineCellRule.finestPrecision(covering: twoKilometres, at: berlin, among: [4, 5, 6]) == 5)
        #expect(NineCellRule.finestPrecision(covering: twoKilometres, at: berlin, among: [6, 4, 5]) == 5)
        #expect(NineCellRule.finestPrecision(covering: sixKilometres, at: berlin, among: [4, 5, 6]) == 4)
        #expect(
            NineCellRule.finestPrecision(covering: hundredKilometres, at: berlin, among: [4, 5, 6]) == nil)
        #expect(NineCellRule.finestPrecision(covering: twoKilometres, at: berlin, among: []) == nil)
    }

    @Test func `the largest radius itself is covered and the next number is not`() throws {
        let coordinate = try #require(Coordinate(latitude: 40, longitude: 0))
        let largest = NineCellRule.largestRadius(precision: 5, latitude: coordinate.latitude)
        let (at, beyond) = (Radius(metres: largest)!, Radius(metres: largest.nextUp)!)
        #expect(NineCellRule.finestPrecision(covering: at, at: coordinate, among: [4, 5]) == 5)
        #expect(NineCellRule.finestPrecision(covering: beyond, at: coordinate, among: [4, 5]) == 4)
    }

    /// Points of a disc: on its rim in random directions, at its utmost longitudes, and inside.
    private func points(
        around origin: Coordinate, radius: Double, _ random: inout SeededRandom
    ) -> [Coordinate] {
        let angle = radius / Earth.meanRadius
        var bearings = (0..<12).map { _ in Double.random(in: 0..<(2 * .pi), using: &random) }
        bearings += [0, .pi / 2, .pi, -.pi / 2]
        // At the utmost longitude the way runs along the tangent from the pole: cos b = tan φ · tan δ.
        let utmost = acos(min(max(tan(Sphere.radians(origin.latitude)) * tan(angle), -1), 1))
        bearings += [utmost, -utmost]
        let inside = Double.random(in: 0...1, using: &random).squareRoot()
        return bearings.flatMap { bearing in
            [angle, angle * inside].map { Sphere.destination(from: origin, angle: $0, bearing: bearing) }
        }.filter { origin.distance(to: $0) <= radius }
    }

    /// The place moved to a corner of its cell, where the least of the neighbours lies beyond it.
    private func cornered(
        _ coordinate: Coordinate, precision: Int, _ random: inout SeededRandom
    ) -> Coordinate {
        let box = Geohash(coordinate, precision: precision).box
        let isEast = Bool.random(using: &random)
        let corner = Coordinate(latitude: coordinate.latitude, longitude: isEast ? box.east : box.west)!
        return Coordinate(
            latitudeE7: corner.latitudeE7,
            longitudeE7: isEast ? corner.longitudeE7 - 1 : corner.longitudeE7)!
    }

    /// Whether the nine cells hold the point due towards the equator from the equatorward border.
    private func coversTowardsEquator(from cell: Geohash, angle: Double) -> Bool {
        let isNorthern = cell.box.north > 0
        let border = Coordinate(
            latitude: isNorthern ? cell.box.south : cell.box.north, longitude: cell.center.longitude)!
        let origin = Coordinate(
            latitudeE7: border.latitudeE7 + (isNorthern ? 1 : -1), longitudeE7: border.longitudeE7)!
        let point = Sphere.destination(from: origin, angle: angle, bearing: isNorthern ? .pi : 0)
        return Geohash(origin, precision: cell.precision).nine.contains(
            Geohash(point, precision: cell.precision))
    }

    /// Whether the nine cells hold the utmost western point of a disc around the west border.
    private func coversWestward(from cell: Geohash, latitude: Double, angle: Double) -> Bool {
        let border = Coordinate(latitude: latitude, longitude: cell.box.west)!
        let origin = Coordinate(latitudeE7: border.latitudeE7, longitudeE7: border.longitudeE7 + 1)!
        let phi = Sphere.radians(origin.latitude)
        let point = Sphere.coordinate(
            latitude: asin(sin(phi) / cos(angle)),
            longitude: Sphere.radians(origin.longitude) - asin(sin(angle) / cos(phi)))
        return Geohash(origin, precision: cell.precision).nine.contains(
            Geohash(point, precision: cell.precision))
    }
}
