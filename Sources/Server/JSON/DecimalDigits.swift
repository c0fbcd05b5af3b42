/// The characters of one decimal number, put together from the last to the first without allocating.
struct DecimalDigits {
    /// Enough for the 20 digits of a UInt64, a point and a sign.
    private static let capacity = 32

    private var storage = SIMD32<UInt8>(repeating: 0)
    private var start = capacity

    mutating func prepend(_ character: UInt8) {
        start -= 1
        storage[start] = character
    }

    /// Prepends the digits of `value`; a single `0` if it is zero.
    mutating func prepend(_ value: UInt64) {
        var rest = value
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            prepend(UInt8(ascii: "0") + UInt8(digit))
            rest = quotient
        } while rest != 0
    }

    func write(to sink: inout some ByteSink) {
        withUnsafeBytes(of: storage) { bytes in
            sink.append(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
    }
}
