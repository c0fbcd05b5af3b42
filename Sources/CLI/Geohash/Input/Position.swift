import Geo

/// A position in degrees as it was given, to the last bit: a `Coordinate` would be rounded.
struct Position: Equatable {
    let latitude: Double
    let longitude: Double

    init(latitude: Double, longitude: Double) throws(PositionFault) {
        guard latitude.magnitude <= 90 else { throw .latitude }
        guard longitude.magnitude <= 180 else { throw .longitude }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// The middle of a cell.
    init(centerOf cell: Geohash) {
        (latitude, longitude) = cell.box.center
    }

    /// The middle of a disc.
    init(centerOf disc: Disc) {
        (latitude, longitude) = (disc.latitude, disc.longitude)
    }

    var coordinate: Coordinate { Coordinate(latitude: latitude, longitude: longitude)! }

    /// - Parameter precision: 1 to 12 (precondition).
    @inline(__always)
    func cell(precision: Int) -> Geohash {
        Geohash(latitude: latitude, longitude: longitude, precision: precision)!
    }
}
