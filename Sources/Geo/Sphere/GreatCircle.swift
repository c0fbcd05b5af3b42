/// The distance of two points on the sphere from their latitudes and longitudes, in degrees.
///
/// The haversine formula is exact for near points and useless for antipodes, where it needs the arc sine
/// of a number that differs from 1 in the last digits only. So a far point is measured by the way that is
/// missing to the antipode, which is a near one. (R. W. Sinnott, "Virtues of the Haversine", Sky and
/// Telescope 68, 1984.)
enum GreatCircle {
    /// Metres between two points. Symmetric to the last bit.
    ///
    /// - Parameter longitudeDifference: in degrees, within ±360. Half of it goes into squares, to which the long
    ///   way around is as good as the short one.
    static func metres(latitude: Double, otherLatitude: Double, longitudeDifference: Double) -> Double {
        let cosines = Trigonometry.cosine(degrees: latitude) * Trigonometry.cosine(degrees: otherLatitude)
        let alongMeridian = Trigonometry.sine(degrees: (latitude - otherLatitude) / 2)
        let alongParallel = Trigonometry.sine(degrees: longitudeDifference / 2)
        let haversine = alongMeridian * alongMeridian + cosines * alongParallel * alongParallel
        guard haversine > 0.5 else { return Earth.metres(haversine: haversine) }

        let antipodalMeridian = Trigonometry.sine(degrees: (latitude + otherLatitude) / 2)
        let antipodalParallel = Trigonometry.cosine(degrees: longitudeDifference / 2)
        let missing = antipodalMeridian * antipodalMeridian + cosines * antipodalParallel * antipodalParallel
        return Earth.halfCircumference - Earth.metres(haversine: missing)
    }
}
