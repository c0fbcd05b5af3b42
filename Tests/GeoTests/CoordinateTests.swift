import Geo
import Testing

@Suite struct CoordinateTests {
    @Test func `degrees are rounded to the step, a half away from zero`() throws {
        let coordinate = try #require(Coordinate(latitude: 12.345678949, longitude: -98.76543215))
        #expect(coordinate.latitudeE7 == 123_456_789)
        #expect(coordinate.longitudeE7 == -987_654_322)
        #expect(coordinate.latitude == 12.3456789)
        #expect(coordinate.longitude == -98.7654322)
    }

    @Test func `every step survives the way through degrees`() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<10_000 {
            let latitude = Int32.random(in: -900_000_000...900_000_000, using: &random)
            let longitude = Int32.random(in: -1_800_000_000...1_800_000_000, using: &random)
            let coordinate = Coordinate(latitudeE7: latitude, longitudeE7: longitude)!
            #expect(Coordinate(latitude: coordinate.latitude, longitude: coordinate.longitude) == coordinate)
        }
    }

    @Test func `rounding is that of the standard library`() throws {
        var random = SeededRandom(seed: 2)
        for _ in 0..<20_000 {
            let step = Double(Int32.random(in: -899_999_999...899_999_999, using: &random))
            // At a half, beside it, and anywhere.
            let half = (step + 0.5) / 1e7
            for latitude in [half, half.nextUp, half.nextDown, random.latitude()] {
                let coordinate = try #require(Coordinate(latitude: latitude, longitude: 2 * latitude))
                #expect(coordinate.latitudeE7 == Int32((latitude * 1e7).rounded()))
                #expect(coordinate.longitudeE7 == Int32((2 * latitude * 1e7).rounded()))
            }
        }
        for tiny in [0.499_999_999_999_999_94e-7, -0.499_999_999_999_999_94e-7, 5e-8, -5e-8, 1e-300] {
            #expect(Coordinate(latitude: tiny, longitude: 0)?.latitudeE7 == Int32((tiny * 1e7).rounded()))
        }
    }

    @Test func `minus zero is zero`() throws {
        let coordinate = try #require(Coordinate(latitude: -0.0, longitude: -1e-9))
        #expect(coordinate == Coordinate(latitudeE7: 0, longitudeE7: 0))
        #expect(coordinate.latitude.sign == .plus && coordinate.longitude.sign == .plus)
    }

    @Test func `the limits pass and one step more fails`() {
        #expect(Coordinate(latitude: 90, longitude: 180) != nil)
        #expect(Coordinate(latitude: -90, longitude: -180) != nil)
        #expect(Coordinate(latitude: 90.0.nextUp, longitude: 0) == nil)
        #expect(Coordinate(latitude: (-90.0).nextDown, longitude: 0) == nil)
        #expect(Coordinate(latitude: 0, longitude: 180.0.nextUp) == nil)
        #expect(Coordinate(latitude: 0, longitude: (-180.0).nextDown) == nil)
        #expect(Coordinate(latitudeE7: 900_000_000, longitudeE7: -1_800_000_000) != nil)
        #expect(Coordinate(latitudeE7: 900_000_001, longitudeE7: 0) == nil)
        #expect(Coordinate(latitudeE7: 0, longitudeE7: 1_800_000_001) == nil)
        #expect(Coordinate(latitudeE7: .min, longitudeE7: 0) == nil)
        #expect(Coordinate(latitudeE7: 0, longitudeE7: .min) == nil)
    }

    @Test(arguments: [Double.nan, .signalingNaN, .infinity, -.infinity, .greatestFiniteMagnitude])
    func `what is no finite number is refused`(_ value: Double) {
        #expect(Coordinate(latitude: value, longitude: 0) == nil)
        #expect(Coordinate(latitude: 0, longitude: value) == nil)
    }

    @Test func `no text shows the position`() throws {
        let coordinate = try #require(Coordinate(latitude: 12.3456789, longitude: 98.7654321))
        var dumped = ""
        dump((coordinate, coordinate.unitVector, [coordinate: 1]), to: &dumped)
        let vector = coordinate.unitVector
        let texts = [
            "\(coordinate)", String(reflecting: coordinate), "\(vector)", String(reflecting: vector), dumped,
        ]
        for text in texts {
            #expect(!text.contains("1234") && !text.contains("9876") && !text.contains("0."))
        }
    }

    @Test func `takes eight bytes`() {
        #expect(MemoryLayout<Coordinate>.size == 8)
        #expect(MemoryLayout<Geohash>.size == 8)
    }
}
