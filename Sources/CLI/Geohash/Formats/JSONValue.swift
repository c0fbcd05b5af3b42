import Geo

/// A JSON value whose members stay in their order, written on one line.
enum JSONValue: Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    struct Member: Equatable {
        let name: String
        let value: JSONValue

        init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members of an object; none for anything else.
    var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// An object with the members of this one and others.
    func adding(_ others: [Member]) -> JSONValue { .object(members + others) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(stringLiteral text: String) { self = .string(text) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(members.map { Member($0, $1) })
    }
}

extension JSONValue {
    /// A cell's text, or `null`.
    init(_ cell: Geohash?) { self = cell.map { .string($0.description) } ?? .null }

    /// A number, or `null` if there is none; JSON has no infinity.
    init(_ number: Double?) {
        self = if let number, number.isFinite { .number(number) } else { .null }
    }

    /// A whole number, or `null` if there is none.
    init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
}
