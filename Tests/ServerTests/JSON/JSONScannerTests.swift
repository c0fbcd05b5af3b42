import Testing

@testable import Server

@Suite struct JSONScannerTests {
    /// Scans one value of any kind that must be the whole text.
    private func scan(_ text: String) throws(JSONError) {
        let bytes = Array(text.utf8)
        let result: Result<Void, JSONError> = bytes.withUnsafeBytes { raw in
            do throws(JSONError) {
                var scanner = JSONScanner(raw)
                _ = try scanner.nextValue()
                return .success(try scanner.end())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private func text(_ json: String) throws -> String {
        try Array(json.utf8).withUnsafeBytes { raw in
            var scanner = JSONScanner(raw)
            let value = try scanner.nextValue()
            #expect(value.kind == .string)
            return scanner.text(value).string
        }
    }

    @Test(arguments: [
        "0", "-0", "7", "-12", "1.5", "1e3", "1E+3", "1.25e-7", "0.0", "null", "true", "false", "\"\"", "[]",
        "{}", " [ 1 , 2 ] ", "\t{\r\n\"a\" : [ { } ] }\n", "[[[[[[[[]]]]]]]]", #""\"\\\/\b\f\n\r\t\u00e9""#,
        #""\ud83d\ude00""#, "\"\u{7f}\u{80}é😀\"", #"{"a":1,"b":{"a":1}}"#, "123456789012345678901234567890",
        "1e99999999999999999999", "1e-99999999999999999999",
    ])
    func validTextsPass(_ json: String) throws {
        try scan(json)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "NaN", "Infinity", "-Infinity", "+1", "01", "-01", "00", ".5", "1.", "-",
        "1e", "1e+", "1.e3", "0x10", "1_000", "--1", "1 2", "[", "]", "[1", "[1,]", "[,1]", "[1 2]", "{", "}",
        "{]", "[}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,"a":1}"#, #"{a:1}"#, #"{'a':1}"#, #"{"a" 1}"#,
        #"{"a":1 "b":2}"#, #"{1:2}"#, "\"", "\"a", #""\"#, #""\x""#, #""\u12""#, #""\u12g4""#, "\"\n\"",
        "\"\u{0}\"", "\u{0}", "1\u{0}", "/* c */ 1", "1 // c", "\u{feff}1", "\u{a0}1", #"{"a":1}}"#, "tru",
        "truefalse", "[1]]", #"{"a":tru}"#,
    ])
    func brokenTextsAreRefused(_ json: String) {
        #expect(throws: JSONError.syntax) { try scan(json) }
    }

    @Test(arguments: [
        #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\ud800""#, #""\udc00\ud800""#,
        #"{"\ud800":1}"#,
    ])
    func halfSurrogatePairsAreRefused(_ json: String) {
        #expect(throws: JSONError.loneSurrogate) { try scan(json) }
    }

    @Test(arguments: [
        #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"lat":1,"l\u0061t":2}"#, #"{"é":1,"\u00e9":2}"#,
        #"{"/":1,"\/":2}"#, #"[{"x":{"":1,"":2}}]"#, #"{"😀":1,"\uD83D\uDE00":1}"#,
    ])
    func keysThatComeTwiceAreRefused(_ json: String) {
        #expect(throws: JSONError.duplicateKey) { try scan(json) }
    }

    @Test func manyKeysAreAllRemembered() throws {
        for count in [7, 8, 9, 500] {
            let keys = (0..<count).map { "\"k\($0)\":0" }
            try scan("{" + keys.joined(separator: ",") + "}")
            for again in [0, count / 2, count - 1] {
                #expect(throws: JSONError.duplicateKey) {
                    try scan("{" + (keys + [keys[again]]).joined(separator: ",") + "}")
                }
            }
        }
    }

    @Test func depthHasALimit() throws {
        func nested(_ depth: Int, _ open: String, _ close: String) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        try scan(nested(JSONScanner.maximumDepth, "[", "]"))
        try scan(nested(JSONScanner.maximumDepth, #"{"a":"#, "}"))
        #expect(throws: JSONError.tooDeep) { try scan(nested(JSONScanner.maximumDepth + 1, "[", "]")) }
        #expect(throws: JSONError.tooDeep) { try scan(nested(JSONScanner.maximumDepth + 1, #"{"a":"#, "}")) }
        #expect(throws: JSONError.tooDeep) { try scan(nested(100_000, "[", "]")) }
        // Depth counts what is open, not what was.
        try scan("[" + Array(repeating: "[[[]]]", count: 100).joined(separator: ",") + "]")
    }

    @Test func stringsAreUnescaped() throws {
        #expect(try text(#""plain é 😀""#) == "plain é 😀")
        #expect(try text(#""\"\\\/\b\f\n\r\t""#) == "\"\\/\u{8}\u{c}\n\r\t")
        #expect(try text(#""\u0041\u00e9\u20AC\ud83d\uDE00z""#) == "Aé€😀z")
        #expect(try text(#""a\u0000b""#) == "a\u{0}b")
    }

    @Test func textsCompareUnescaped() throws {
        for json in [#""lat""#, #""l\u0061t""#, #""\u006c\u0061\u0074""#] {
            try Array(json.utf8).withUnsafeBytes { raw in
                var scanner = JSONScanner(raw)
                let text = scanner.text(try scanner.nextValue())
                #expect(text.equals("lat"))
                #expect(!text.equals("la"))
                #expect(!text.equals("lon"))
                #expect(!text.equals("late"))
            }
        }
    }

    @Test func anObjectIsReadKeyByKey() throws {
        let json = Array(#" { "a" : [1,2] , "b":{"c":null} } "#.utf8)
        try json.withUnsafeBytes { raw in
            var scanner = JSONScanner(raw)
            var seen: [String] = []
            try scanner.beginObject()
            while let key = try scanner.nextKey() {
                let name = scanner.text(key).string
                let value = try scanner.nextValue()
                seen.append(name + String(decoding: scanner.range(value), as: UTF8.self))
            }
            try scanner.end()
            #expect(seen == ["a[1,2]", #"b{"c":null}"#])
        }
    }

    @Test func anArrayIsReadValueByValue() throws {
        let json = Array(#"[ "x" , true,[] ]"#.utf8)
        try json.withUnsafeBytes { raw in
            var scanner = JSONScanner(raw)
            var kinds: [JSONValue.Kind] = []
            try scanner.beginArray()
            while let value = try scanner.nextElement() { kinds.append(value.kind) }
            try scanner.end()
            #expect(kinds == [.string, .bool, .array])
        }
    }

    @Test func anotherKindThanAskedForIsToldFromBrokenJSON() {
        for (json, error) in [("[]", JSONError.kind), ("1", .kind), ("x", .syntax), ("", .syntax)] {
            Array(json.utf8).withUnsafeBytes { raw in
                _ = #expect(throws: error) {
                    var scanner = JSONScanner(raw)
                    try scanner.beginObject()
                }
            }
        }
    }
}
