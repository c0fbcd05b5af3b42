/// Finds the azimuth at which the geodesic to the end leaves the start.
///
/// λ₁₂ grows with α₁ from 0 to 180°, so every trial is a bound. Newton's method is kept between the bounds, and where
/// it would leave them the interval is halved: the search ends for every pair.
struct AzimuthSearch {
    private let ends: GeodesicEnds
    private var lower = Phase.north
    private var upper = Phase.south

    /// How far rounding blurs the longitude at which a path ends, in radians.
    private static let rounding = 1e-15
    /// The largest excess of longitude at which the first order is trusted, in radians.
    private static let linearRange = 1e-8
    /// What the length may be wrong by for neglecting the second order, in Earth radii: 0.03 nm.
    private static let negligible = 5e-18
    /// Two are usual, more than four were not seen.
    private static let maximumTrials = 100

    init(_ ends: GeodesicEnds) { self.ends = ends }

    /// The geodesic to the end.
    mutating func geodesic(guess: Phase) -> Geodesic {
        var trial = Trial(ends, guess)
        for _ in 1..<Self.maximumTrials {
            if Self.suffices(trial) { break }
            narrow(trial)
            trial = Trial(ends, newtonStep(trial) ?? .middle(lower, upper))
        }
        return corrected(trial)
    }

    private struct Trial {
        let path: GeodesicPath
        let excess: Double
        let slope: Double

        init(_ ends: GeodesicEnds, _ azimuth: Phase) {
            path = GeodesicPath(ends, startAzimuth: azimuth)
            excess = path.longitudeExcess
            slope = path.longitudeSlope
        }
    }

    /// Whether what is missing is rounding, or so little that its first order will do. The second order of the length
    /// is at most excess² / (2 slope) in Earth radii.
    private static func suffices(_ trial: Trial) -> Bool {
        let excess = trial.excess
        return excess.magnitude <= rounding
            || excess.magnitude <= linearRange && excess * excess <= 2 * negligible * trial.slope
    }

    private mutating func narrow(_ trial: Trial) {
        if trial.excess > 0 { upper = trial.path.startAzimuth } else { lower = trial.path.startAzimuth }
    }

    /// The azimuth that Newton's method leads to.
    ///
    /// - Returns: `nil` if that is not between the bounds, or there is no slope to follow.
    private func newtonStep(_ trial: Trial) -> Phase? {
        guard trial.slope.isFinite, trial.excess.magnitude < .pi * trial.slope else { return nil }
        let next = trial.path.startAzimuth.advanced(radians: -trial.excess / trial.slope)
        return next.sine(from: lower) > 0 && upper.sine(from: next) > 0 ? next : nil
    }

    /// The geodesic to the end itself, from a path that all but meets it: an end moved along its parallel
    /// lengthens the way by a · sin α₀ for a radian.
    private func corrected(_ trial: Trial) -> Geodesic {
        let azimuth = newtonStep(trial) ?? trial.path.startAzimuth
        return Geodesic(
            metres: trial.path.metres - ends.ellipsoid.equatorialRadius * trial.path.nodeSine * trial.excess,
            startAzimuth: azimuth, endAzimuth: ends.endAzimuth(azimuth))
    }
}
