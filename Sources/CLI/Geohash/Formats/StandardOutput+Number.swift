extension StandardOutput {
    /// What ``write(_:)-(Double)`` may need without an exponent: a sign, 17 digits, a point and its places.
    private static let numberBytes = 32

    /// Writes a number as ``Swift/Double/plainText``, without making a text of it where that can be helped.
    @inline(__always)
    mutating func write(_ number: Double) throws {
        var text = number.description
        let isWritten = try text.withUTF8 { bytes in
            guard number != 0, bytes.count <= Self.numberBytes, !bytes.contains(UInt8(ascii: "e")) else { return false }
            let isWhole = bytes[bytes.count - 2] == UInt8(ascii: ".") && bytes[bytes.count - 1] == UInt8(ascii: "0")
            let count = isWhole ? bytes.count - 2 : bytes.count
            try reserve(count) { buffer in
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<count]))
                return count
            }
            return true
        }
        if !isWritten { try write(number.plainText) }
    }
}
