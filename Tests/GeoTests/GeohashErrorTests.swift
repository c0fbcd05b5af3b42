import Geo
import Testing

@Suite struct GeohashErrorTests {
    @Test(arguments: [
        ("", "it is empty"),
        ("ezs42ezs42ezs", "it has 13 characters, at most 12 are possible"),
        ("a", "character 1 is `a`, which geohashes do not use"),
        ("EZI", "character 3 is `I`, which geohashes do not use"),
        ("u4pruydqqvjaaaaa", "character 12 is `a`, which geohashes do not use"),
        ("55.5", "character 3 is `.`, which geohashes do not use"),
        ("é2", "character 1 is `é`, which geohashes do not use"),
        ("9q\u{0}", "character 3 is U+0000, which geohashes do not use"),
        ("9q\r\n", "character 3 is U+000D U+000A, which geohashes do not use"),
        ("9q👩‍👩‍👧", "character 3 is U+1F469 U+200D U+1F469 U+200D U+1F467, which geohashes do not use"),
        (" 9q", "character 1 is ` `, which geohashes do not use"),
    ])
    func `what is wrong is told by position and character`(_ text: String, _ reason: String) {
        #expect(Geohash(text) == nil)
        let error = #expect(throws: GeohashError.self) { _ = try Geohash(parsing: text) }
        #expect(error?.description == reason)
    }

    @Test func `what is right is read`() throws {
        #expect(try Geohash(parsing: "EZS42".dropLast()) == Geohash("ezs4"))
    }

    @Test func `every byte is a character or none, as the alphabet says`() {
        let alphabet = Set("0123456789bcdefghjkmnpqrstuvwxyzBCDEFGHJKMNPQRSTUVWXYZ".utf8)
        for byte in UInt8.min...UInt8.max {
            for place in 0..<3 {
                var text = Array("9q8".utf8)
                text[place] = byte
                #expect((text.withUnsafeBytes { Geohash(utf8: $0) } != nil) == alphabet.contains(byte))
            }
        }
    }

    @Test func `text is written into a buffer of its length and not beyond`() {
        var random = SeededRandom(seed: 70)
        for _ in 0..<1_000 {
            let cell = Geohash(random.coordinate(), precision: Int.random(in: 1...12, using: &random))
            var bytes = [UInt8](repeating: 0xFF, count: 13)
            let count = bytes.withUnsafeMutableBytes { cell.write(into: $0) }
            #expect(count == cell.precision)
            #expect(String(decoding: bytes[..<count], as: UTF8.self) == cell.description)
            #expect(bytes[count...].allSatisfy { $0 == 0xFF })
            var exact = [UInt8](repeating: 0, count: count)
            exact.withUnsafeMutableBytes { _ = cell.write(into: $0) }
            #expect(exact[...] == bytes[..<count])
        }
    }
}
