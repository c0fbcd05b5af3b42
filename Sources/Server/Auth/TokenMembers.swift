/// The members of a JSON object about keys or tokens: a token's header or claims, `keys.json`.
struct TokenMembers {
    enum Member: Equatable {
        case string(String)
        case number(Double)
        case strings([String])
        case other
    }

    private let members: [String: Member]

    var names: some Collection<String> { members.keys }

    subscript(name: String) -> Member? { members[name] }

    /// `nil` unless `json` is one strict JSON object in UTF-8 without a key twice.
    init?(json: [UInt8]) {
        guard String(validating: json, as: UTF8.self) != nil,
            let members = try? json.withUnsafeBytes(Self.read)
        else { return nil }
        self.members = members
    }

    private static func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> [String: Member] {
        var members: [String: Member] = [:]
        var scanner = JSONScanner(bytes)
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            let name = scanner.text(key).string
            let member = try member(scanner.nextValue(), scanner)
            guard members.updateValue(member, forKey: name) == nil else { throw .duplicateKey }
        }
        try scanner.end()
        return members
    }

    private static func member(_ value: JSONValue, _ scanner: JSONScanner) throws(JSONError) -> Member {
        switch value.kind {
        case .string: .string(scanner.text(value).string)
        case .number: .number(scanner.double(value))
        case .array: try strings(scanner.range(value))
        case .bool, .null, .object, .absent: .other
        }
    }

    private static func strings(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> Member {
        var scanner = JSONScanner(bytes)
        var strings: [String] = []
        try scanner.beginArray()
        while let element = try scanner.nextElement() {
            guard element.kind == .string else { return .other }
            strings.append(scanner.text(element).string)
        }
        return .strings(strings)
    }
}
