import Geo

extension GeohashBox {
    /// The corners as a closed ring, counter-clockwise from the south west.
    var corners: [(latitude: Double, longitude: Double)] {
        [(south, west), (south, east), (north, east), (north, west), (south, west)]
    }
}
