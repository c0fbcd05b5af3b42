/// A strict pull parser for one JSON text, over bytes that are already known to be valid UTF-8.
///
/// It accepts exactly the grammar of RFC 8259, and of that only texts without half surrogate pairs, with no
/// key twice in an object and nested at most ``maximumDepth`` deep. It copies and allocates nothing, but for
/// objects with more than eight keys unknown to the caller and for keys written with escapes.
///
/// The caller asks for what it expects, here for an object, in the same way for an array:
///
///     try scanner.beginObject()
///     while let key = try scanner.nextKey() { let value = try scanner.nextValue() }
///     try scanner.end()
///
/// The caller itself sees to keys that come twice in this outermost object. `nextValue` reads a whole value;
/// the keys of an object in it are read by a second scanner over its range.
/// The scanner must not outlive the bytes.
struct JSONScanner {
    /// How deep objects and arrays may stand in one another; the outermost one counts.
    static let maximumDepth = 8

    /// The text. Not owned.
    let bytes: UnsafeRawBufferPointer
    /// The number of bytes, which the buffer itself would compute anew for every byte read.
    let count: Int
    private(set) var position = 0
    private var depth = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        count = bytes.count
    }

    // MARK: The outermost object or array

    /// Reads the brace that opens the outermost object.
    mutating func beginObject() throws(JSONError) {
        try begin(UInt8(ascii: "{"))
    }

    /// Reads the bracket that opens the outermost array.
    mutating func beginArray() throws(JSONError) {
        try begin(UInt8(ascii: "["))
    }

    private mutating func begin(_ opening: UInt8) throws(JSONError) {
        skipWhitespace()
        guard current == opening else {
            // Anything else may still be valid JSON, which is another mistake than broken JSON.
            _ = try nextValue()
            throw .kind
        }
        try open()
    }

    /// The next key of the object that is open, with its colon; `nil` after the last one.
    mutating func nextKey() throws(JSONError) -> JSONValue? {
        let isFirst = bytes[position - 1] == UInt8(ascii: "{")
        skipWhitespace()
        if current == UInt8(ascii: "}") {
            close()
            return nil
        }
        if !isFirst { try expect(UInt8(ascii: ",")) }
        return try key()
    }

    /// The next value of the array that is open; `nil` after the last one.
    mutating func nextElement() throws(JSONError) -> JSONValue? {
        let isFirst = bytes[position - 1] == UInt8(ascii: "[")
        skipWhitespace()
        if current == UInt8(ascii: "]") {
            close()
            return nil
        }
        if !isFirst { try expect(UInt8(ascii: ",")) }
        return try nextValue()
    }

    /// Checks that nothing but white space follows.
    mutating func end() throws(JSONError) {
        skipWhitespace()
        guard position == count else { throw .syntax }
    }

    // MARK: Values

    /// Reads one whole value of any kind, with everything in it.
    mutating func nextValue() throws(JSONError) -> JSONValue {
        skipWhitespace()
        let start = position
        switch current {
        case UInt8(ascii: "\""):
            return try string()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let number = try number()
            return JSONValue(kind: .number, start: start, count: position - start, number: number)
        case UInt8(ascii: "{"):
            try object()
            return JSONValue(kind: .object, start: start, count: position - start)
        case UInt8(ascii: "["):
            try array()
            return JSONValue(kind: .array, start: start, count: position - start)
        default:
            return try literal()
        }
    }

    private mutating func literal() throws(JSONError) -> JSONValue {
        let start = position
        let (word, kind): (StaticString, JSONValue.Kind) =
            switch current {
            case UInt8(ascii: "t"): ("true", .bool)
            case UInt8(ascii: "f"): ("false", .bool)
            case UInt8(ascii: "n"): ("null", .null)
            default: throw .syntax
            }
        for offset in 0..<word.utf8CodeUnitCount {
            try expect(word.utf8Start[offset])
        }
        return JSONValue(
            kind: kind, flag: bytes[start] == UInt8(ascii: "t"), start: start, count: position - start)
    }

    private mutating func object() throws(JSONError) {
        try open()
        var keys = JSONKeySet()
        while let key = try nextKey() {
            guard keys.insert(text(key)) else { throw .duplicateKey }
            _ = try nextValue()
        }
    }

    private mutating func array() throws(JSONError) {
        try open()
        while try nextElement() != nil {}
    }

    private mutating func key() throws(JSONError) -> JSONValue {
        skipWhitespace()
        guard current == UInt8(ascii: "\"") else { throw .syntax }
        let key = try string()
        skipWhitespace()
        try expect(UInt8(ascii: ":"))
        return key
    }

    // MARK: Steps

    /// The byte at the position, or 0 at the end, which stands nowhere in JSON.
    var current: UInt8 {
        position < count ? bytes[position] : 0
    }

    mutating func advance() { position += 1 }

    /// Goes on at `index`, which a loop over a run of bytes found.
    mutating func move(to index: Int) { position = index }

    /// Steps over `byte` if it is the current one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard take(byte) else { throw .syntax }
    }

    private mutating func skipWhitespace() {
        while true {
            switch current {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func open() throws(JSONError) {
        guard depth < Self.maximumDepth else { throw .tooDeep }
        depth += 1
        position += 1
    }

    private mutating func close() {
        depth -= 1
        position += 1
    }
}
