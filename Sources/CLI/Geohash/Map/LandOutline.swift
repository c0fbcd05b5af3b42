/// Where on the Earth is land, coarsely: about 5,000 corners, right to some kilometres.
enum LandOutline {
    /// The shores as open rings; a lake is a ring within a ring. No ring crosses the antimeridian.
    static let rings: [[MapPoint]] = data.withUTF8Buffer { Self.decoded($0) }

    private static let stepsPerDegree = 100.0

    private static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [[MapPoint]] {
        var index = 0
        func number() -> Int {
            var (value, shift) = (0, 0)
            while true {
                let digit = Self.digit(text[index])
                index += 1
                value |= (digit & 31) << shift
                shift += 5
                if digit < 32 { return value & 1 == 0 ? value >> 1 : -(value >> 1) - 1 }
            }
        }
        var rings: [[MapPoint]] = []
        while index < text.count {
            var (longitude, latitude) = (0, 0)
            rings.append(
                (0..<number()).map { _ in
                    longitude += number()
                    latitude += number()
                    return MapPoint(
                        longitude: Double(longitude) / stepsPerDegree, latitude: Double(latitude) / stepsPerDegree)
                })
        }
        return rings
    }

    /// The place of a character in `-`, `0` to `9`, `A` to `Z`, `_`, `a` to `z`: ASCII order.
    private static func digit(_ character: UInt8) -> Int {
        switch character {
        case UInt8(ascii: "a")...: Int(character - UInt8(ascii: "a")) + 38
        case UInt8(ascii: "_"): 37
        case UInt8(ascii: "A")...: Int(character - UInt8(ascii: "A")) + 11
        case UInt8(ascii: "0")...: Int(character - UInt8(ascii: "0")) + 1
        default: 0
        }
    }
}
