import Geo
import Testing

@Suite struct GeohashTextTests {
    @Test func `text and number convert both ways`() {
        var random = SeededRandom(seed: 20)
        for _ in 0..<5_000 {
            let cell = Geohash(random.coordinate(), precision: Int.random(in: 1...12, using: &random))
            #expect(cell.description.utf8.count == cell.precision)
            #expect(Geohash(cell.description) == cell)
            #expect(Geohash(cell.description.uppercased()) == cell)
            #expect(Geohash(rawValue: cell.rawValue) == cell)
        }
    }

    @Test func `bytes are read like text`() {
        let bytes = Array("9Q8yyK".utf8)
        #expect(bytes.withUnsafeBytes { Geohash(utf8: $0) } == Geohash("9q8yyk"))
        #expect(Geohash("9Q8yyK")?.description == "9q8yyk")
        #expect(Geohash(utf8: UnsafeRawBufferPointer(start: nil, count: 0)) == nil)
        let invalid: [UInt8] = [0x39, 0xFF]
        #expect(invalid.withUnsafeBytes { Geohash(utf8: $0) } == nil)
    }

    @Test func `exactly the 32 characters in both cases are read`() {
        let expected = Set("0123456789bcdefghjkmnpqrstuvwxyzBCDEFGHJKMNPQRSTUVWXYZ".utf8)
        for byte in UInt8.min...UInt8.max {
            let read = withUnsafeBytes(of: byte) { Geohash(utf8: $0) }
            #expect((read != nil) == expected.contains(byte), "byte \(byte)")
        }
    }

    @Test func `one to twelve characters are read`() {
        #expect(Geohash("") == nil)
        #expect(Geohash("0") != nil)
        #expect(Geohash("zzzzzzzzzzzz")?.precision == 12)
        #expect(Geohash("zzzzzzzzzzzzz") == nil)
        #expect(Geohash("9q8 yk") == nil)
        #expect(Geohash("9q8é") == nil)
    }

    @Test func `numbers that are no cell are refused`() {
        #expect(Geohash(rawValue: 0) == nil)
        #expect(Geohash(rawValue: 1) != nil)
        #expect(Geohash(rawValue: 12) != nil)
        #expect(Geohash(rawValue: 13) == nil)
        #expect(Geohash(rawValue: 15) == nil)
        #expect(Geohash(rawValue: 1 << 59 | 1) != nil)
        #expect(Geohash(rawValue: 1 << 58 | 1) == nil)
        #expect(Geohash(rawValue: .max) == nil)
        #expect(Geohash(rawValue: .max << 4 | 12)?.description == "zzzzzzzzzzzz")
    }

    @Test func `cells sort as their texts do`() {
        var random = SeededRandom(seed: 21)
        let cells = (0..<2_000).map { _ in
            let cell = Geohash(random.coordinate(), precision: 12)
            return cell.parent(precision: Int.random(in: 1...12, using: &random))
        }
        #expect(cells.sorted().map(\.description) == cells.map(\.description).sorted())
    }
}
