extension Double {
    /// The shortest decimal that reads back as this number, without an exponent: `0.0000000838`, `37`, `-122.42`.
    /// -0 is 0. Finite numbers only.
    var plainText: String {
        let text = description
        guard let exponent = text.utf8.firstIndex(of: UInt8(ascii: "e")) else {
            if self == 0 { return "0" }
            return text.utf8.suffix(2).elementsEqual(".0".utf8) ? String(text.dropLast(2)) : text
        }
        return Self.written(out: text[..<exponent], Int(text[text.index(after: exponent)...])!)
    }

    /// Moves the point of a mantissa such as `-8.38` or `5`.
    private static func written(out mantissa: Substring, _ exponent: Int) -> String {
        let sign = mantissa.hasPrefix("-") ? "-" : ""
        let parts = mantissa.drop { $0 == "-" }.split(separator: ".")
        let fraction = parts.count > 1 && parts[1] != "0" ? parts[1] : ""
        let digits = parts[0] + fraction
        // Of all numbers that are written with an exponent, none has its point within its digits.
        return exponent < 0
            ? sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
            : sign + digits + String(repeating: "0", count: exponent - fraction.count)
    }
}
