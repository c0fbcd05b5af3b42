import Geo

extension SeededRandom {
    /// A place 1e-7 to 3 degrees from another one in each direction, often on its parallel.
    mutating func coordinate(near other: Coordinate) -> Coordinate {
        let north = Bool.random(using: &self) ? 0 : offsetE7()
        let latitude = min(max(Int(other.latitudeE7) + north, -900_000_000), 900_000_000)
        return Coordinate(
            latitudeE7: Int32(latitude), wrappingLongitudeE7: Int(other.longitudeE7) + offsetE7())!
    }

    private mutating func offsetE7() -> Int {
        let size = Int(magnitude(from: 1, to: 3e7))
        return Bool.random(using: &self) ? size : -size
    }
}
