/// Reads JSON in one pass, value by value, straight from the bytes of a message: no tree and no
/// dictionary in between, and memory only for the texts that are asked for.
///
/// The caller says what it expects next; what it does not want it skips.
struct JSONReader {
    let bytes: UnsafeRawBufferPointer
    var offset = 0
    /// What any message may carry, if the one that is read did.
    private(set) var quiet: Quiet?

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    func failure(_ kind: JSONError.Kind) -> JSONError { JSONError(kind: kind, offset: offset) }

    /// The next byte that is no white space, without taking it; 0, which JSON never has, at the end.
    mutating func peek() -> UInt8 {
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            offset += 1
        }
        return 0
    }

    /// Takes the byte if it is the next.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: scalar) else { return false }
        offset += 1
        return true
    }

    mutating func expect(_ scalar: Unicode.Scalar) throws(JSONError) {
        guard take(scalar) else { throw failure(offset < bytes.count ? .shape : .syntax) }
    }

    /// Takes the word, such as `null`, if it is the next.
    mutating func take(word: StaticString) -> Bool {
        _ = peek()
        let count = word.utf8CodeUnitCount
        guard bytes.count - offset >= count else { return false }
        for index in 0..<count where bytes[offset + index] != word.utf8Start[index] { return false }
        offset += count
        return true
    }

    mutating func takeNull() -> Bool { take(word: "null") }

    mutating func bool() throws(JSONError) -> Bool {
        if take(word: "true") { return true }
        guard take(word: "false") else { throw failure(.shape) }
        return false
    }

    /// The value of a member that has to be there.
    func required<Value>(_ value: Value?) throws(JSONError) -> Value {
        guard let value else { throw failure(.shape) }
        return value
    }

    /// Nothing but white space may follow.
    mutating func end() throws(JSONError) {
        guard peek() == 0, offset == bytes.count else { throw failure(.syntax) }
    }
}

extension JSONReader {
    /// The members of an object, in their order. `read` takes the member's value.
    mutating func object(
        _ read: (JSONKey, inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try expect("{")
        if take("}") { return }
        repeat {
            let key = JSONKey(bytes: try rawString())
            try expect(":")
            try read(key, &self)
        } while take(",")
        try expect("}")
    }

    /// The items of an array, in their order.
    mutating func array<Item>(
        _ read: (inout JSONReader) throws(JSONError) -> Item
    ) throws(JSONError) -> [Item] {
        try expect("[")
        if take("]") { return [] }
        var items: [Item] = []
        repeat { items.append(try read(&self)) } while take(",")
        try expect("]")
        return items
    }

    /// Steps over the value of a message's member that is not one of its own; keeps what any message may have.
    mutating func skipOther(_ key: JSONKey) throws(JSONError) {
        if "quiet" ~= key, peek() == UInt8(ascii: "{") { quiet = try Quiet(&self) } else { try skip() }
    }

    /// Steps over one value, whatever it is.
    mutating func skip() throws(JSONError) {
        var depth = 0
        repeat {
            switch peek() {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                offset += 1
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                offset += 1
                depth -= 1
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw failure(.syntax) }
                offset += 1
                continue
            case UInt8(ascii: "\""): _ = try rawString()
            default: try skipScalar()
            }
            guard depth >= 0 else { throw failure(.syntax) }
        } while depth > 0
    }

    private mutating func skipScalar() throws(JSONError) {
        if take(word: "true") || take(word: "false") || takeNull() { return }
        _ = try number()
    }
}

/// The name of a member, as its bytes in the message: no text is made of it.
struct JSONKey {
    let bytes: UnsafeRawBufferPointer

    static func ~= (name: StaticString, key: JSONKey) -> Bool {
        guard key.bytes.count == name.utf8CodeUnitCount else { return false }
        for index in 0..<key.bytes.count where key.bytes[index] != name.utf8Start[index] { return false }
        return true
    }
}
