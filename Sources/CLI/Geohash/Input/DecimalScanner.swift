/// Takes a decimal number apart: its digits as one whole number, and the power of ten that goes with them.
struct DecimalScanner {
    private(set) var isNegative = false
    /// How long the sign is.
    private(set) var signBytes = 0
    /// The first 18 digits that count, as a whole number.
    private(set) var digits: UInt64 = 0
    /// Whether there were more digits, which ``digits`` lacks.
    private(set) var isCut = false
    /// The power of ten to multiply ``digits`` with.
    private(set) var exponent = 0

    private static let maximumDigits: UInt64 = 100_000_000_000_000_000
    /// Beyond it, every number is 0 or too large.
    private static let maximumExponent = 100_000

    private let text: UnsafeRawBufferPointer
    private var index = 0

    @inline(__always)
    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    /// `false` if the text is no decimal number.
    @inline(__always)
    mutating func scan() -> Bool {
        scanSign()
        let whole = scanDigits()
        var fraction = 0
        if take(UInt8(ascii: ".")) {
            fraction = scanDigits()
            exponent -= fraction
        }
        guard whole + fraction > 0 else { return false }
        return index == text.count || scanExponent()
    }

    @inline(__always)
    private mutating func scanSign() {
        if take(UInt8(ascii: "-")) {
            isNegative = true
        } else if !take(UInt8(ascii: "+")), text.count >= 3, text[0] == 0xE2, text[1] == 0x88, text[2] == 0x92 {
            isNegative = true
            index = 3
        }
        signBytes = index
    }

    /// The number of digits.
    @inline(__always)
    private mutating func scanDigits() -> Int {
        let start = index
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            if digits < Self.maximumDigits {
                digits = digits &* 10 &+ UInt64(digit)
            } else {
                isCut = true
            }
            index += 1
        }
        return index - start
    }

    private mutating func scanExponent() -> Bool {
        guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return false }
        let isDown = take(UInt8(ascii: "-"))
        if !isDown { _ = take(UInt8(ascii: "+")) }
        var power = 0
        let start = index
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return false }
            power = min(power * 10 + Int(digit), Self.maximumExponent)
            index += 1
        }
        exponent += isDown ? -power : power
        return index > start
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < text.count, text[index] == byte else { return false }
        index += 1
        return true
    }
}
