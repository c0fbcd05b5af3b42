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

    @inlinable
    init(south: Double, west: Double, north: Double, east: Double) {
        self.south = south
        self.west = west
        self.north = north
        self.east = east
    }
}

extension GeohashBox {
    /// The middle, in degrees. Exact.
    @inlinable public var center: (latitude: Double, longitude: Double) {
        ((south + north) / 2, (west + east) / 2)
    }

    /// Half the height: how far a point of the cell is from the middle's latitude at most, in degrees. Exact.
    @inlinable public var latitudeError: Double { (north - south) / 2 }

    /// Half the width: how far a point of the cell is from the middle's longitude at most, in degrees. Exact.
    @inlinable public var longitudeError: Double { (east - west) / 2 }
}
