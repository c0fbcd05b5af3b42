/// The area of a cell, in degrees. All four are exact: no border of a cell has more than 28 binary places.
///
/// The box does not cross the antimeridian; its west is less than its east.
public struct GeohashBox: Hashable, Sendable, BitwiseCopyable {
    /// Latitude of the lower border, -90 or more.
    public let south: Double
    /// Longitude of the left border, -180 or more.
    public let west: Double
    /// Latitude of the upper border, at most 90.
    public let north: Double
    /// Longitude of the right border, at most 180.
    public let east: Double
}
