/// The opaque id of a block: it says nothing about who is blocked.
///
/// It starts with `~`, which no user id may contain and no URL has to escape, so that one path
/// component names either a user or a block, never both.
public struct BlockID: Hashable, Sendable, CustomStringConvertible {
    static let prefix: Character = "~"
    /// Characters after the prefix: 128 random bits in hexadecimal.
    static let digits = 32

    public let string: String

    /// `nil` if this is not the text of a block id.
    public init?(_ string: some StringProtocol) {
        let digits = string.dropFirst()
        guard string.first == Self.prefix, digits.utf8.count == Self.digits,
            digits.utf8.allSatisfy(Self.isDigit)
        else { return nil }
        self.string = String(string)
    }

    static func random() -> BlockID {
        var generator = SystemRandomNumberGenerator()
        let halves = [generator.next(), generator.next()].map { (half: UInt64) in
            let text = String(half, radix: 16)
            return String(repeating: "0", count: digits / 2 - text.count) + text
        }
        return BlockID(unchecked: String(prefix) + halves.joined())
    }

    private init(unchecked string: String) { self.string = string }

    public var description: String { string }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
