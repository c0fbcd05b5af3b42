import Channels
import Geo

/// The known fields of one JSON object, each scanned but not yet judged: which of them count, and as what,
/// is known when the whole object was read, since `type` may come last.
///
/// The slots are the caller's, on its stack; so it cannot be copied and must not outlive them.
struct MessageFields: ~Copyable {
    static let capacity = MessageField.allCases.count

    private let bytes: UnsafeRawBufferPointer
    private let slots: UnsafeMutableBufferPointer<JSONValue>

    /// `slots` are ``capacity`` places that need not be initialised.
    init(bytes: UnsafeRawBufferPointer, slots: UnsafeMutableBufferPointer<JSONValue>) {
        self.bytes = bytes
        self.slots = slots
        slots.initialize(repeating: .absent)
    }

    subscript(field: MessageField) -> JSONValue {
        slots[Int(field.rawValue)]
    }

    /// Reads the object.
    mutating func scan() throws(ClientMessage.Rejection) {
        do throws(JSONError) {
            try scanObject()
        } catch {
            throw ClientMessage.Rejection(code: .badMessage, message: error.message)
        }
    }

    private mutating func scanObject() throws(JSONError) {
        var scanner = JSONScanner(bytes)
        var unknown = JSONKeySet()
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            let name = scanner.text(key)
            guard let field = MessageField(name) else {
                guard unknown.insert(name) else { throw .duplicateKey }
                _ = try scanner.nextValue()
                continue
            }
            guard !self[field].isPresent else { throw .duplicateKey }
            slots[Int(field.rawValue)] = try scanner.nextValue()
        }
        try scanner.end()
    }

    // MARK: What a field holds

    /// The bytes of a value that was read.
    func range(_ value: JSONValue) -> UnsafeRawBufferPointer {
        JSONScanner(bytes).range(value)
    }

    func text(_ field: MessageField) -> JSONText? {
        let value = self[field]
        guard value.kind == .string else { return nil }
        return JSONScanner(bytes).text(value)
    }

    func stringIfAny(_ field: MessageField) -> String? {
        text(field)?.string
    }

    func string(_ field: MessageField) throws(ClientMessage.Rejection) -> String {
        guard let string = stringIfAny(field) else { throw .mistyped(field) }
        return string
    }

    func user(_ field: MessageField) throws(ClientMessage.Rejection) -> UserID {
        guard let text = text(field) else { throw .mistyped(field) }
        let user = text.hasEscapes ? UserID(text.string) : UserID(utf8: text.raw)
        guard let user else { throw .mistyped(field) }
        return user
    }

    func optionalBool(_ field: MessageField) throws(ClientMessage.Rejection) -> Bool? {
        let value = self[field]
        guard value.isPresent else { return nil }
        guard value.kind == .bool else { throw .mistyped(field) }
        return value.flag
    }

    func bool(_ field: MessageField) throws(ClientMessage.Rejection) -> Bool {
        guard let value = try optionalBool(field) else { throw .mistyped(field) }
        return value
    }

    func optionalInteger(_ field: MessageField) throws(ClientMessage.Rejection) -> Int64? {
        let value = self[field]
        guard value.isPresent else { return nil }
        guard value.kind == .number, let integer = value.number.integer else { throw .mistyped(field) }
        return integer
    }

    func integer(_ field: MessageField) throws(ClientMessage.Rejection) -> Int64 {
        guard let value = try optionalInteger(field) else { throw .mistyped(field) }
        return value
    }

    func optionalDouble(_ field: MessageField) throws(ClientMessage.Rejection) -> Double? {
        let value = self[field]
        guard value.isPresent else { return nil }
        guard value.kind == .number else { throw .mistyped(field) }
        return JSONScanner(bytes).double(value)
    }

    func double(_ field: MessageField) throws(ClientMessage.Rejection) -> Double {
        guard let value = try optionalDouble(field) else { throw .mistyped(field) }
        return value
    }

    func optionalRadius() throws(ClientMessage.Rejection) -> Radius? {
        guard let metres = try optionalDouble(.radius) else { return nil }
        guard let radius = Radius(metres: metres) else {
            throw ClientMessage.Rejection(
                code: .badRadius, message: "`radius_m` must be more than 0 and at most 100000")
        }
        return radius
    }

    func messageType() throws(ClientMessage.Rejection) -> MessageType {
        guard let text = text(.type) else { throw .mistyped(.type) }
        guard let type = MessageType(text) else {
            throw ClientMessage.Rejection(code: .badMessage, message: "`type` is unknown")
        }
        return type
    }
}

extension ClientMessage.Rejection {
    /// The field is missing or holds something else than its kind of value.
    static func mistyped(_ field: MessageField) -> Self {
        Self(code: .badMessage, message: field.expectation)
    }
}
