extension Geohash {
    /// The cell of fewer characters that this one is part of.
    ///
    /// - Parameter precision: 1 to the own precision (precondition); the own one gives the cell itself.
    @inlinable
    public func parent(precision: Int) -> Geohash {
        precondition(1...self.precision ~= precision, "a parent has 1 to as many characters as the cell")
        return Geohash(truncating: rawValue, precision: precision)
    }

    /// Whether the other cell is this one or a part of it.
    @inlinable
    public func contains(_ other: Geohash) -> Bool {
        other.precision >= precision && other.parent(precision: precision) == self
    }

    /// Whether the position is in this cell. A cell owns its south and west borders; the last row and column
    /// own latitude 90 and longitude 180 too.
    @inlinable
    public func contains(_ coordinate: Coordinate) -> Bool {
        Geohash(coordinate, precision: precision) == self
    }
}
