/// The sphere that all distances are measured on.
///
/// A distance over ground and the straight chord through the sphere grow together, so a radius check
/// needs no trigonometry: compare ``UnitVector/chordSquared(to:)`` with ``chordSquared(metres:)`` of the
/// radius, computed once.
public enum Earth {
    /// The mean radius of the Earth, (2a + b) / 3 of WGS84, in metres.
    public static let meanRadius = 6_371_008.8

    /// Half the way around: the distance of antipodes, in metres.
    static let halfCircumference = meanRadius * Double.pi

    /// The great-circle distance that belongs to a squared chord of the unit sphere.
    ///
    /// - Parameter chordSquared: the square of the straight distance, 0 to 4; what lies outside is taken as
    ///   the nearer end, so that rounding in a sum of squares does no harm.
    /// - Returns: metres, 0 to half the circumference.
    public static func metres(chordSquared: Double) -> Double {
        metres(haversine: chordSquared / 4)
    }

    /// The great-circle distance in metres of two positions in degrees, without rounding them to the steps of
    /// ``Coordinate`` first. Latitudes are within ±90 and longitudes within ±180 (precondition).
    public static func distance(
        latitude: Double, longitude: Double, toLatitude: Double, longitude toLongitude: Double
    ) -> Double {
        precondition(max(latitude.magnitude, toLatitude.magnitude) <= 90, "a latitude is within ±90 degrees")
        precondition(max(longitude.magnitude, toLongitude.magnitude) <= 180, "a longitude is within ±180 degrees")
        return GreatCircle.metres(
            latitude: latitude, otherLatitude: toLatitude, longitudeDifference: longitude - toLongitude)
    }

    /// The squared chord of the unit sphere that belongs to a great-circle distance.
    ///
    /// - Parameter metres: 0 to half the circumference; what lies outside is taken as the nearer end.
    /// - Returns: the square of the straight distance, 0 to 4.
    public static func chordSquared(metres: Double) -> Double {
        let arc = min(max(metres, 0), halfCircumference)
        let halfChord = Trigonometry.sine(degrees: arc / meanRadius * Trigonometry.degreesPerRadian / 2)
        return 4 * halfChord * halfChord
    }

    /// The great-circle distance in metres that belongs to sin²(angle / 2), 0 to 1.
    static func metres(haversine: Double) -> Double {
        metres(degrees: 2 * Trigonometry.arcSine(min(max(haversine, 0), 1).squareRoot()))
    }

    /// The length in metres of an arc of a great circle.
    static func metres(degrees: Double) -> Double {
        degrees * (meanRadius * Trigonometry.radiansPerDegree)
    }
}
