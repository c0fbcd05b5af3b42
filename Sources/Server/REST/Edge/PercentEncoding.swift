/// Percent-encoding of RFC 3986 in a part of a path.
enum PercentEncoding {
    /// `nil` if a percent sign has no two hexadecimal digits behind it, or the bytes are no UTF-8.
    static func decode(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(JSONText.hexDigit),
                let low = rest.popFirst().flatMap(JSONText.hexDigit)
            else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
