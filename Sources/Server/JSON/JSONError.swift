/// Why some bytes are not JSON that the server accepts.
///
/// A closed set without payload, so that throwing one costs nothing and no input is ever repeated.
enum JSONError: Error, Equatable {
    /// The bytes break the grammar of RFC 8259.
    case syntax
    /// A string has half of a surrogate pair, so it is not a text.
    case loneSurrogate
    /// An object has the same key twice, however the two are written.
    case duplicateKey
    /// Objects and arrays stand deeper than ``JSONScanner/maximumDepth``.
    case tooDeep
    /// The value is of another kind than the caller asked for.
    case kind

    /// For a person; never repeats input.
    var message: StaticString {
        switch self {
        case .syntax: "the message is not valid JSON"
        case .loneSurrogate: "a string has half of a surrogate pair"
        case .duplicateKey: "an object has a key twice"
        case .tooDeep: "the message is nested too deep"
        case .kind: "the message is not a JSON object"
        }
    }
}
