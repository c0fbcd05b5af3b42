extension FrameBuffer {
    @inlinable
    public func append(byte: UInt8) {
        append(maximum: 1) {
            $0.storeBytes(of: byte, as: UInt8.self)
            return 1
        }
    }

    @inlinable
    public func append(bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        append(maximum: bytes.count) {
            $0.copyMemory(from: source, byteCount: bytes.count)
            return bytes.count
        }
    }

    /// A constant text: the fastest way to put the fixed parts of a message.
    @inlinable
    public func append(_ text: StaticString) {
        append(bytes: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The text's UTF-8 as it is: nothing is escaped.
    @inlinable
    public func append(string: some StringProtocol) {
        var text = String(string)
        text.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The number in decimal digits.
    @inlinable
    public func append(integer: some FixedWidthInteger) {
        if integer < 0 { append(byte: UInt8(ascii: "-")) }
        appendDigits(UInt64(integer.magnitude))
    }

    @usableFromInline
    func appendDigits(_ number: UInt64) {
        let digits = Self.digitCount(number)
        append(maximum: digits) { target in
            var rest = number
            var index = digits
            repeat {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                index -= 1
                target.storeBytes(of: UInt8(ascii: "0") + UInt8(digit), toByteOffset: index, as: UInt8.self)
                rest = quotient
            } while index > 0
            return digits
        }
    }

    private static func digitCount(_ number: UInt64) -> Int {
        var count = 1
        var rest = number
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        return count
    }
}
