/// The configuration file: a JSON object whose keys are names of settings.
///
/// A point in a name may be an object (`{"strangers": {"k": 5}}`), and `.`, `-` and `_` are one in names, so
/// that a name can be copied from a flag as well. A key that is no setting is an error that names it.
struct SettingsFile {
    /// Longer files are refused.
    static let maximumBytes = 1_048_576

    private(set) var values: [SettingName: String] = [:]

    init(path: String) throws {
        let bytes: [UInt8]
        do {
            bytes = try OpenFile(reading: path).bytes(limit: Self.maximumBytes)
        } catch {
            throw SettingsError("config: cannot read \(path): \(error)")
        }
        try self.init(bytes: bytes, path: path)
    }

    init(bytes: [UInt8], path: String) throws {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw SettingsError("config: \(path) is not UTF-8")
        }
        do {
            try bytes.withUnsafeBytes { raw in try read(raw, prefix: "", path: path) }
        } catch let error as JSONError {
            throw SettingsError("config: \(path): \(Self.explanation(error))")
        }
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer, prefix: String, path: String) throws {
        var scanner = JSONScanner(bytes)
        var keys = JSONKeySet()
        try scanner.beginObject()
        while let key = try scanner.nextKey() {
            guard keys.insert(scanner.text(key)) else { throw JSONError.duplicateKey }
            let name = prefix + scanner.text(key).string
            let value = try scanner.nextValue()
            if value.kind == .object {
                try read(scanner.range(value), prefix: name + ".", path: path)
            } else {
                try set(name, try Self.plainText(value, scanner), path: path)
            }
        }
        try scanner.end()
    }

    private mutating func set(_ key: String, _ text: String?, path: String) throws {
        guard let name = SettingName(spelled: key), name != .config else {
            throw SettingsError("config: \(path) has `\(key)`, which is no setting")
        }
        guard let text else {
            throw SettingsError("\(name.rawValue) (in \(path)): must be a text, a number, a bool or a list of them")
        }
        guard values.updateValue(text, forKey: name) == nil else {
            throw SettingsError("\(name.rawValue) (in \(path)): is there twice")
        }
    }

    /// The value as a person would write it behind a flag; `nil` if it cannot be.
    private static func plainText(_ value: JSONValue, _ scanner: JSONScanner) throws(JSONError) -> String? {
        switch value.kind {
        case .string: return scanner.text(value).string
        case .bool: return value.flag ? "true" : "false"
        case .number:
            let written = String(decoding: scanner.range(value), as: UTF8.self)
            return value.number.integer.map { String($0) } ?? written
        case .array: return try list(scanner.range(value))
        case .null, .object, .absent: return nil
        }
    }

    private static func list(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> String? {
        var scanner = JSONScanner(bytes)
        var texts: [String] = []
        try scanner.beginArray()
        while let element = try scanner.nextElement() {
            guard element.kind != .array, let text = try plainText(element, scanner) else { return nil }
            texts.append(text)
        }
        return texts.joined(separator: ",")
    }

    private static func explanation(_ error: JSONError) -> String {
        switch error {
        case .syntax, .loneSurrogate: "is not valid JSON"
        case .duplicateKey: "has a key twice"
        case .tooDeep: "is nested too deep"
        case .kind: "is not a JSON object"
        }
    }
}

extension SettingName {
    /// The setting that is called `key` but for `.`, `-`, `_` and the case of letters.
    fileprivate init?(spelled key: String) {
        let wanted = key.replacing(".", with: "_").replacing("-", with: "_").uppercased()
        guard let name = Self.allCases.first(where: { $0.environment == "NEARBY_" + wanted })
        else { return nil }
        self = name
    }
}
