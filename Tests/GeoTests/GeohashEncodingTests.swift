import Testing

@testable import Geo

@Suite struct GeohashEncodingTests {
    /// Halving the ranges as geohashes are defined. Every middle is an exact `Double`.
    private func bisect(latitude: Double, longitude: Double) -> UInt64 {
        var (south, north, west, east) = (-90.0, 90.0, -180.0, 180.0)
        var bits: UInt64 = 0
        for bit in 0..<60 {
            let isLongitude = bit.isMultiple(of: 2)
            let middle = isLongitude ? (west + east) / 2 : (south + north) / 2
            let isUpper = (isLongitude ? longitude : latitude) >= middle
            bits = bits << 1 | (isUpper ? 1 : 0)
            if isLongitude {
                if isUpper { west = middle } else { east = middle }
            } else {
                if isUpper { south = middle } else { north = middle }
            }
        }
        return bits << 4
    }

    @Test func `agrees with bisection at random places`() {
        var random = SeededRandom(seed: 10)
        for _ in 0..<20_000 {
            let coordinate = random.coordinate()
            let bits = bisect(latitude: coordinate.latitude, longitude: coordinate.longitude)
            #expect(Geohash(coordinate, precision: 12).rawValue == bits | 12)
            let (latitude, longitude) = (random.latitude(), random.longitude())
            let exact = Geohash(latitude: latitude, longitude: longitude, precision: 12)
            #expect(exact?.rawValue == bisect(latitude: latitude, longitude: longitude) | 12)
        }
    }

    @Test func `agrees with bisection on borders and beside them`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<20_000 {
            // As many low bits clear as a border of some precision has.
            let clear = UInt64.max << UInt64.random(in: 0..<30, using: &random)
            let latitude = GeohashGrid.latitude(row: random.next() >> 34 & clear)
            let longitude = GeohashGrid.longitude(column: random.next() >> 34 & clear)
            for (latitude, longitude) in [
                (latitude, longitude), (latitude.nextDown, longitude.nextDown),
                (latitude.nextUp, longitude.nextUp),
            ] where latitude >= -90 && longitude >= -180 {
                let exact = Geohash(latitude: latitude, longitude: longitude, precision: 12)
                #expect(exact?.rawValue == bisect(latitude: latitude, longitude: longitude) | 12)
            }
        }
    }

    @Test func `the steps around a border fall on their sides of it`() {
        var random = SeededRandom(seed: 12)
        for _ in 0..<20_000 {
            let precision = Int.random(in: 1...12, using: &random)
            let box = Geohash(random.coordinate(), precision: precision).box
            let steps = (Int32((box.south * 1e7).rounded()), Int32((box.west * 1e7).rounded()))
            for offset: Int32 in -1...1 {
                guard
                    let coordinate = Coordinate(latitudeE7: steps.0 + offset, longitudeE7: steps.1 + offset)
                else { continue }
                let bits = bisect(latitude: coordinate.latitude, longitude: coordinate.longitude)
                #expect(Geohash(coordinate, precision: 12).rawValue == bits | 12)
            }
        }
    }

    @Test(arguments: 1...12)
    func `the ends of the ranges are in the first and the last cell`(_ precision: Int) throws {
        let corners: [(Double, Double, Character)] = [
            (-90, -180, "0"), (-90, 180, "p"), (90, -180, "b"), (90, 180, "z"),
        ]
        for (latitude, longitude, first) in corners {
            let coordinate = try #require(Coordinate(latitude: latitude, longitude: longitude))
            let cell = Geohash(coordinate, precision: precision)
            #expect(cell.description.first == first)
            #expect(cell == Geohash(latitude: latitude, longitude: longitude, precision: precision))
            let isLastRow = latitude > 0 ? cell.box.north == 90 : cell.box.south == -90
            let isLastColumn = longitude > 0 ? cell.box.east == 180 : cell.box.west == -180
            #expect(isLastRow && isLastColumn)
            #expect(cell.contains(coordinate))
        }
    }

    @Test func `minus zero is zero and the least below it is not`() {
        let zero = Geohash(latitude: 0, longitude: 0, precision: 12)
        #expect(zero?.description == "s00000000000")
        #expect(Geohash(latitude: -0.0, longitude: -0.0, precision: 12) == zero)
        #expect(Geohash(latitude: -.leastNonzeroMagnitude, longitude: 0, precision: 1)?.description == "k")
        #expect(Geohash(latitude: 0, longitude: -.leastNonzeroMagnitude, precision: 1)?.description == "e")
    }

    @Test func `degrees and precisions out of range are refused`() {
        #expect(Geohash(latitude: 0, longitude: 0, precision: 0) == nil)
        #expect(Geohash(latitude: 0, longitude: 0, precision: 1) != nil)
        #expect(Geohash(latitude: 0, longitude: 0, precision: 12) != nil)
        #expect(Geohash(latitude: 0, longitude: 0, precision: 13) == nil)
        #expect(Geohash(latitude: 90.0.nextUp, longitude: 0, precision: 5) == nil)
        #expect(Geohash(latitude: 0, longitude: (-180.0).nextDown, precision: 5) == nil)
        #expect(Geohash(latitude: .nan, longitude: 0, precision: 5) == nil)
        #expect(Geohash(latitude: 0, longitude: .infinity, precision: 5) == nil)
    }
}
