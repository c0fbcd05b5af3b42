extension Coordinate {
    /// The same position as a point of the unit sphere. Costs four trigonometric functions: keep it where
    /// a position is compared often.
    public var unitVector: UnitVector {
        let fromAxis = Trigonometry.cosine(degrees: latitude)
        return UnitVector(
            x: fromAxis * Trigonometry.cosine(degrees: longitude),
            y: fromAxis * Trigonometry.sine(degrees: longitude),
            z: Trigonometry.sine(degrees: latitude))
    }

    /// The great-circle distance on the sphere of ``Earth/meanRadius``, in metres.
    ///
    /// Right to less than a micrometre from 0 to the antipode, and symmetric to the last bit.
    public func distance(to other: Coordinate) -> Double {
        GreatCircle.metres(
            latitude: latitude, otherLatitude: other.latitude,
            longitudeDifference: longitude - other.longitude)
    }
}
