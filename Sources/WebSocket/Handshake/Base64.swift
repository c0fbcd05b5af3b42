/// Base 64 (RFC 4648, section 4) as far as the handshake needs it.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for digit in 0..<4 {
                let isPadding = digit > group.count
                text.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - 6 * digit)) & 63])
            }
            index += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether `text` stands for exactly 16 bytes: 22 digits, the last of which has only two bits
    /// of the value, and two signs of padding.
    static func isSixteenBytes(_ text: String) -> Bool {
        let utf8 = Array(text.utf8)
        guard utf8.count == 24, utf8.suffix(2).elementsEqual("==".utf8) else { return false }
        let digits = utf8.prefix(22).map { alphabet.firstIndex(of: $0) }
        guard let last = digits[21], digits.allSatisfy({ $0 != nil }) else { return false }
        return last % 16 == 0
    }
}
