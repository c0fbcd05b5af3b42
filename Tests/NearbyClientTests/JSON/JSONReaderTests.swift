import Testing

@testable import NearbyClient

@Suite struct JSONReaderTests {
    private func read<Value>(
        _ text: String, _ body: (inout JSONReader) throws(JSONError) -> Value
    ) throws -> Value {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBytes { bytes in
            var reader = JSONReader(bytes)
            let value = try body(&reader)
            try reader.end()
            return value
        }
    }

    private func double(_ text: String) throws -> Double {
        try read(text) { (reader) throws(JSONError) in try reader.double() }
    }
    private func integer(_ text: String) throws -> Int64 {
        try read(text) { (reader) throws(JSONError) in try reader.integer() }
    }
    private func string(_ text: String) throws -> String {
        try read(text) { (reader) throws(JSONError) in try reader.string() }
    }

    // MARK: Numbers

    @Test(arguments: [
        "0", "-0", "1", "-1.5", "40.7127281", "-74.0059413", "1e3", "1E-3", "1.25e+2", "123456789012345678", "0.1",
        "1e22",
        "1e23", "9007199254740993", "2.2250738585072014e-308", "1.7976931348623157e308", "0.30000000000000004",
        "12345678901234567890123456789", "0.000000000000000000000000000001234567890123456789012345",
    ])
    func numbersAsTheStandardLibraryReadsThem(text: String) throws {
        let value = try double(text)
        #expect(value.bitPattern == Double(text)!.bitPattern)
    }

    @Test func randomNumbers() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<5000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            #expect(try double("\(value)") == value)
            let degrees = Double(Int32.random(in: -1_800_000_000...1_800_000_000, using: &random)) / 1e7
            #expect(try double("\(degrees)") == degrees)
        }
    }

    @Test(arguments: ["", "-", "01", "1.", ".5", "1e", "1e+", "+1", "NaN", "0x10", "1e400", "1 2", "--1"])
    func whatIsNoNumber(text: String) {
        #expect(throws: JSONError.self) { try double(text) }
    }

    @Test(arguments: [0, 1, -1, 1_700_000_000_000, .max, -.max] as [Int64])
    func integers(value: Int64) throws {
        #expect(try integer("\(value)") == value)
    }

    @Test(arguments: ["1.5", "1e3", "9223372036854775808", "99999999999999999999", "\"1\"", "null"])
    func whatIsNoInteger(text: String) {
        #expect(throws: JSONError.self) { try integer(text) }
    }

    // MARK: Texts

    @Test(arguments: [
        (#""""#, ""), (#""plain""#, "plain"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
        (#""\u00e4\u20AC""#, "ä€"), (#""\ud83d\ude00!""#, "😀!"), (#""Ä😀""#, "Ä😀"),
    ])
    func texts(json: String, text: String) throws {
        #expect(try string(json) == text)
    }

    @Test(arguments: [
        #"""#, #""\"#, #""\x""#, #""\u12""#, #""\ud83d""#, #""\ud83d\u0041""#, #""\ude00""#, "\"\n\"", #""\u00g0""#,
    ])
    func whatIsNoText(json: String) {
        #expect(throws: JSONError.self) { try string(json) }
    }

    // MARK: Structure

    @Test(arguments: [
        "1", "true", "null", "\"}\"", "[]", "{}", #"{"a":[1,{"b":"]}\""}],"c":false}"#, "[[[[]]]]",
    ])
    func skipsAnyValue(json: String) throws {
        let rest = try read("[\(json),42]") { (reader) throws(JSONError) -> Int64 in
            try reader.expect("[")
            try reader.skip()
            try reader.expect(",")
            let value = try reader.integer()
            try reader.expect("]")
            return value
        }
        #expect(rest == 42)
    }

    @Test(arguments: ["", "]", ",", "[", "{\"a\":", "tru", "[1"])
    func whatCannotBeSkipped(json: String) {
        #expect(throws: JSONError.self) { try read(json) { (reader) throws(JSONError) in try reader.skip() } }
    }

    @Test func deepNestingCostsNoStack() throws {
        let depth = 200_000
        let json = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        try read(json) { (reader) throws(JSONError) in try reader.skip() }
    }
}
