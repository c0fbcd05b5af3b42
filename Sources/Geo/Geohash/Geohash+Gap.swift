extension Geohash {
    /// The shortest great-circle distance in metres between a point of this cell and a point of the other.
    ///
    /// 0 if they touch (in a corner, across the antimeridian or in a pole too), nest or are one. Symmetric to
    /// the last bit. About as dear as five distances.
    public func gap(to other: Geohash) -> Double { box.gap(to: other.box) }
}
