import Geo
import Testing

@Suite struct GeohashBitsTests {
    @Test func `bits in fives are characters`() throws {
        var random = SeededRandom(seed: 73)
        for _ in 0..<5_000 {
            let (latitude, longitude) = (random.latitude(), random.longitude())
            let precision = Int.random(in: 1...12, using: &random)
            let cell = try #require(Geohash(latitude: latitude, longitude: longitude, precision: precision))
            let bits = try #require(GeohashBits(latitude: latitude, longitude: longitude, count: 5 * precision))
            #expect(bits == cell.bits && bits.geohash == cell)
            #expect(bits.box == cell.box)
        }
    }

    @Test func `the box of any number of bits holds its position, half as large with each bit`() throws {
        var random = SeededRandom(seed: 74)
        for _ in 0..<2_000 {
            let (latitude, longitude) = (random.latitude(), random.longitude())
            var last: GeohashBits?
            for count in 1...64 {
                let bits = try #require(GeohashBits(latitude: latitude, longitude: longitude, count: count))
                let box = bits.box
                #expect(box.south <= latitude && (latitude < box.north || box.north == 90))
                #expect(box.west <= longitude && (longitude < box.east || box.east == 180))
                #expect(GeohashBits(value: bits.value, count: count) == bits)
                if let last { #expect(bits.value >> 1 == last.value) }
                last = bits
            }
        }
    }

    @Test func `only numbers of so many bits are taken`() {
        #expect(GeohashBits(value: 0, count: 0) == nil)
        #expect(GeohashBits(value: 1, count: 1)?.box.west == 0)
        #expect(GeohashBits(value: 2, count: 1) == nil)
        #expect(GeohashBits(value: .max, count: 64) != nil)
        #expect(GeohashBits(value: .max >> 1, count: 63) != nil)
        #expect(GeohashBits(value: .max, count: 63) == nil)
        #expect(GeohashBits(value: 0, count: 65) == nil)
        #expect(GeohashBits(latitude: 90.000_001, longitude: 0, count: 5) == nil)
        #expect(GeohashBits(latitude: 0, longitude: -180.000_001, count: 5) == nil)
        #expect(GeohashBits(latitude: .nan, longitude: 0, count: 5) == nil)
        #expect(GeohashBits(latitude: 0, longitude: 0, count: 65) == nil)
        #expect(GeohashBits(latitude: 90, longitude: 180, count: 64)?.value == .max)
    }

    @Test func `only fives up to sixty are geohashes`() {
        let lengths = (1...64).filter { GeohashBits(value: 0, count: $0)?.geohash != nil }
        #expect(lengths == [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60])
    }
}
