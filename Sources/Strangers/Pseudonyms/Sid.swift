/// The pseudonym of a stranger for one observer: 128 bits that say nothing without the server's key.
///
/// As text: 22 characters, ``text(_:)``. Sorts as its text does.
public struct Sid: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
    /// The number of characters of the text.
    public static let textLength = 22

    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public static func < (a: Sid, b: Sid) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }
}

extension Sid {
    /// The characters of base64url in ASCII order, so that texts sort as the numbers do.
    private static let alphabet: StaticString =
        "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"

    private var number: UInt128 { UInt128(high) << 64 | UInt128(low) }

    /// The text: 22 of `A-Z a-z 0-9 - _`.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.textLength) { buffer in
            write(to: buffer)
            return Self.textLength
        }
    }

    /// Writes the text's ``textLength`` bytes at the start of a buffer that is long enough (precondition).
    public func write(to buffer: UnsafeMutableBufferPointer<UInt8>) {
        precondition(buffer.count >= Self.textLength, "a sid's text has 22 bytes")
        var rest = number
        for index in 0..<Self.textLength {
            buffer[index] = Self.alphabet.utf8Start[Int(truncatingIfNeeded: rest >> 122)]
            rest <<= 6
        }
    }

    /// `nil` if the text is not one that ``description`` can give.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard bytes.count == Self.textLength else { return nil }
        var number: UInt128 = 0
        var last: UInt8 = 0
        for (index, byte) in bytes.enumerated() {
            guard let digit = Self.digit(byte) else { return nil }
            if index < Self.textLength - 1 { number = number << 6 | UInt128(digit) } else { last = digit }
        }
        // The last character carries two bits, the upper ones.
        guard last & 0xF == 0 else { return nil }
        number = number << 2 | UInt128(last >> 4)
        self.init(high: UInt64(truncatingIfNeeded: number >> 64), low: UInt64(truncatingIfNeeded: number))
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "-"): 0
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 1
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A") + 11
        case UInt8(ascii: "_"): 37
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 38
        default: nil
        }
    }
}
