import Foundation

/// A JSON value that can be written down in a test and compared.
enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(text: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    /// A member of an object; `null` if there is none.
    subscript(key: String) -> JSON { members[key] ?? .null }
    subscript(index: Int) -> JSON { items.indices.contains(index) ? items[index] : .null }

    /// The members of an object; none of anything else.
    var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }
    /// The items of an array; none of anything else.
    var items: [JSON] { if case .array(let items) = self { items } else { [] } }
    var keys: Set<String> { Set(members.keys) }
    var double: Double? { if case .number(let number) = self { number } else { nil } }
    var string: String? { if case .string(let string) = self { string } else { nil } }
    var type: String { self["type"].string ?? "" }

    /// One member of every item, as text.
    func column(_ key: String) -> [String] { items.map { $0[key].string ?? "-" } }
}

extension JSON: Decodable {
    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let items = try? value.decode([JSON].self) {
            self = .array(items)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }
}

extension JSON: CustomStringConvertible {
    /// The value as JSON text, keys sorted, whole numbers without a point.
    var description: String {
        switch self {
        case .null: "null"
        case .bool(let bool): "\(bool)"
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .string(let string): Self.quoted(string)
        case .array(let items): "[" + items.map(\.description).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\(Self.quoted($0)):\($1)" }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20:
                "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByNilLiteral
{
    init(dictionaryLiteral members: (String, JSON)...) { self = .object(Dictionary(uniqueKeysWithValues: members)) }
    init(arrayLiteral items: JSON...) { self = .array(items) }
    init(stringLiteral text: String) { self = .string(text) }
    init(booleanLiteral bool: Bool) { self = .bool(bool) }
    init(integerLiteral number: Int64) { self = .number(Double(number)) }
    init(floatLiteral number: Double) { self = .number(number) }
    init(nilLiteral: ()) { self = .null }

    static func number(_ number: Int64) -> JSON { .number(Double(number)) }

    /// An object with further members, or others in their place.
    func with(_ others: [String: JSON]) -> JSON { .object(members.merging(others) { $1 }) }
    func without(_ key: String) -> JSON { .object(members.filter { $0.key != key }) }
}
