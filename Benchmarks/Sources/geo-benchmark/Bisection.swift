/// Geohash as it is explained everywhere: halve the interval, bit by bit. The baseline.
enum Bisection {
    private static let alphabet = Array("0123456789bcdefghjkmnpqrstuvwxyz".utf8)
    private static let digits: [UInt8: UInt8] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt8($0)) })

    static func bits(latitude: Double, longitude: Double, count: Int) -> UInt64 {
        var (south, north, west, east) = (-90.0, 90.0, -180.0, 180.0)
        var bits: UInt64 = 0
        for bit in 0..<count {
            bits <<= 1
            if bit % 2 == 0 {
                let middle = (west + east) / 2
                if longitude >= middle { (west, bits) = (middle, bits | 1) } else { east = middle }
            } else {
                let middle = (south + north) / 2
                if latitude >= middle { (south, bits) = (middle, bits | 1) } else { north = middle }
            }
        }
        return bits
    }

    static func write(
        latitude: Double, longitude: Double, precision: Int, into text: UnsafeMutableBufferPointer<UInt8>
    ) {
        let bits = bits(latitude: latitude, longitude: longitude, count: 5 * precision)
        for index in 0..<precision {
            text[index] = alphabet[Int(bits >> UInt64(5 * (precision - 1 - index)) & 31)]
        }
    }

    static func decode(_ text: UnsafeBufferPointer<UInt8>) -> (latitude: Double, longitude: Double)? {
        var (south, north, west, east) = (-90.0, 90.0, -180.0, 180.0)
        var isLongitude = true
        for character in text {
            guard let digit = digits[character] else { return nil }
            for bit in [16, 8, 4, 2, 1] as [UInt8] {
                if isLongitude {
                    let middle = (west + east) / 2
                    if digit & bit != 0 { west = middle } else { east = middle }
                } else {
                    let middle = (south + north) / 2
                    if digit & bit != 0 { south = middle } else { north = middle }
                }
                isLongitude.toggle()
            }
        }
        return ((south + north) / 2, (west + east) / 2)
    }
}
