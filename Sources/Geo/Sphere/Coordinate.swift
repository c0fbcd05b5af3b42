/// A position on the Earth that is valid by construction: WGS84 latitude and longitude, in steps of
/// 1e-7 degrees (about a centimetre).
///
/// Rounding to a fixed step as early as here makes everyone compute from the same numbers: what is stored,
/// sent and compared is the same position to the last bit. Longitudes 180 and -180 are kept as they came
/// and are different values at distance 0.
public struct Coordinate: Hashable, Sendable, BitwiseCopyable {
    /// Latitude in 1e-7 degrees, -900 000 000 to 900 000 000, north positive.
    public let latitudeE7: Int32

    /// Longitude in 1e-7 degrees, -1 800 000 000 to 1 800 000 000, east positive.
    public let longitudeE7: Int32

    @inlinable static var maximumLatitude: Double { 90 }
    @inlinable static var maximumLongitude: Double { 180 }
    @inlinable static var maximumLatitudeE7: Int32 { 900_000_000 }
    @inlinable static var maximumLongitudeE7: Int32 { 1_800_000_000 }
    @inlinable static var unitsPerDegree: Double { 1e7 }

    /// Rounds a position in degrees to the nearest step; a half is rounded away from zero, -0 becomes 0.
    ///
    /// - Returns: `nil` unless both are finite, the latitude within ±90 and the longitude within ±180.
    @inlinable
    public init?(latitude: Double, longitude: Double) {
        guard latitude.magnitude <= Self.maximumLatitude, longitude.magnitude <= Self.maximumLongitude else {
            return nil
        }
        latitudeE7 = Self.rounded(latitude * Self.unitsPerDegree)
        longitudeE7 = Self.rounded(longitude * Self.unitsPerDegree)
    }

    /// The nearest whole number, a half away from zero. `rounded()` is a call into the C library where the
    /// processor's instruction for it cannot be counted on.
    @inlinable @inline(__always)
    static func rounded(_ number: Double) -> Int32 {
        let whole = Int32(number)
        let rest = number - Double(whole)
        return whole &+ (rest >= 0.5 ? 1 : rest <= -0.5 ? -1 : 0)
    }

    /// Takes a position in 1e-7 degrees.
    ///
    /// - Returns: `nil` unless the latitude is within ±900 000 000 and the longitude within ±1 800 000 000.
    @inlinable
    public init?(latitudeE7: Int32, longitudeE7: Int32) {
        guard latitudeE7.magnitude <= Self.maximumLatitudeE7.magnitude,
            longitudeE7.magnitude <= Self.maximumLongitudeE7.magnitude
        else { return nil }
        self.init(validLatitudeE7: latitudeE7, validLongitudeE7: longitudeE7)
    }

    /// Takes a position that is known to be in range.
    @inlinable
    init(validLatitudeE7: Int32, validLongitudeE7: Int32) {
        latitudeE7 = validLatitudeE7
        longitudeE7 = validLongitudeE7
    }

    /// Latitude in degrees, -90 to 90: the `Double` nearest to ``latitudeE7`` / 1e7.
    @inlinable public var latitude: Double { Double(latitudeE7) / Self.unitsPerDegree }

    /// Longitude in degrees, -180 to 180: the `Double` nearest to ``longitudeE7`` / 1e7.
    @inlinable public var longitude: Double { Double(longitudeE7) / Self.unitsPerDegree }
}
