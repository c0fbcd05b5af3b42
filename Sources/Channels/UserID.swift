/// The id of a user: 1 to 64 characters of `A-Z a-z 0-9 . _ -`.
///
/// A value of this type is always valid, so past the edge nobody checks it again, and it can
/// stand in a channel name, a URL path or JSON without being escaped.
public struct UserID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The greatest number of characters in an id.
    public static let maximumLength = 64

    public let string: String

    /// `nil` if `string` is empty, longer than ``maximumLength`` or has any other character.
    public init?(_ string: some StringProtocol) {
        let utf8 = string.utf8
        guard !utf8.isEmpty, utf8.count <= Self.maximumLength, utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        self.string = String(string)
    }

    /// The same from bytes that were not decoded yet.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty, bytes.count <= Self.maximumLength, bytes.allSatisfy(Self.isAllowed)
        else { return nil }
        self.string = String(decoding: bytes, as: UTF8.self)
    }

    public var description: String { string }

    public static func < (a: UserID, b: UserID) -> Bool { a.string < b.string }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            return true
        default:
            return false
        }
    }
}
