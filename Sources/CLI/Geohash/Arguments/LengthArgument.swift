import ArgumentParser
import Geo

/// Reads a length as people write it: `5mi`, `8km`, `500m`.
enum LengthArgument {
    private static let metresPerUnit: [(name: String, metres: Double)] = [("km", 1_000), ("mi", 1_609.344), ("m", 1)]

    /// - Parameter name: the option's, for the message.
    /// - Returns: metres, more than 0 and at most half the way around the Earth.
    static func parse(_ text: String, name: String) throws -> Double {
        guard let metres = metres(text), metres > 0, metres <= Disc.maximumMetres else {
            throw ValidationError("\(name): must be a length such as 500m, 8km or 5mi, at most 20015km")
        }
        return metres
    }

    private static func metres(_ text: String) -> Double? {
        guard let unit = metresPerUnit.first(where: { text.hasSuffix($0.name) }) else { return nil }
        let number = text.dropLast(unit.name.count)
        guard number.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            return nil
        }
        return DecimalNumber.parse(number).map { $0 * unit.metres }
    }
}
