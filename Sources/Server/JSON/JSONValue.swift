/// A JSON value that was scanned: what it is and where it stands.
///
/// Trivial and 32 bytes, so that a message's fields can be kept without allocating. A number is already
/// taken apart; a string, an object or an array is a range of the scanner's bytes.
struct JSONValue: BitwiseCopyable {
    enum Kind: UInt8 {
        case absent, null, bool, number, string, object, array
    }

    /// No value at all: what a field is before it was read.
    static let absent = JSONValue(kind: .absent, start: 0, count: 0)

    let kind: Kind
    /// Of a bool: its value. Of a string: whether it contains escapes.
    var flag = false
    /// Of a string: after the quote. Of any other kind: the first byte.
    let start: Int32
    let count: Int32
    /// Of a number only.
    var number = JSONNumber.zero

    var isPresent: Bool { kind != .absent }

    init(kind: Kind, flag: Bool = false, start: Int, count: Int, number: JSONNumber = .zero) {
        self.kind = kind
        self.flag = flag
        self.start = Int32(truncatingIfNeeded: start)
        self.count = Int32(truncatingIfNeeded: count)
        self.number = number
    }
}
