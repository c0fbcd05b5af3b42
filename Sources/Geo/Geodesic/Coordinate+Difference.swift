extension Coordinate {
    /// How far east of this position another one lies, the shorter way round, in 1e-7 degrees: within ±180°.
    /// Exact.
    func longitudeDifferenceE7(to other: Coordinate) -> Int {
        let halfTurn = 2 * Trigonometry.rightAngleE7
        let difference = Int(other.longitudeE7) - Int(longitudeE7)
        if difference > halfTurn { return difference - 2 * halfTurn }
        if difference < -halfTurn { return difference + 2 * halfTurn }
        return difference
    }

    /// Whether another value means the same place: longitudes ±180 are one, and at a pole all are.
    func isSamePlace(as other: Coordinate) -> Bool {
        latitudeE7 == other.latitudeE7 && (isPole || longitudeDifferenceE7(to: other) == 0)
    }

    /// Whether another position is the end of the diameter that begins here.
    func isAntipode(of other: Coordinate) -> Bool {
        latitudeE7 == -other.latitudeE7
            && (isPole || abs(longitudeDifferenceE7(to: other)) == 2 * Trigonometry.rightAngleE7)
    }

    /// Whether this is one of the poles.
    var isPole: Bool { Int(latitudeE7.magnitude) == Trigonometry.rightAngleE7 }
}
