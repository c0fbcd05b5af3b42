import Geo

extension Coordinate {
    /// A position whose longitude may be off by a whole turn.
    init?(latitudeE7: Int32, wrappingLongitudeE7 longitude: Int) {
        let turn = 3_600_000_000
        let wrapped = longitude > turn / 2 ? longitude - turn : longitude < -turn / 2 ? longitude + turn : longitude
        self.init(latitudeE7: latitudeE7, longitudeE7: Int32(wrapped))
    }

    /// The image in the equator.
    var mirroredNorthSouth: Coordinate { Coordinate(latitudeE7: -latitudeE7, longitudeE7: longitudeE7)! }

    /// The image in the meridian of longitude 0.
    var mirroredEastWest: Coordinate { Coordinate(latitudeE7: latitudeE7, longitudeE7: -longitudeE7)! }

    /// The other end of the diameter.
    var antipode: Coordinate {
        Coordinate(latitudeE7: -latitudeE7, wrappingLongitudeE7: Int(longitudeE7) + 1_800_000_000)!
    }
}
