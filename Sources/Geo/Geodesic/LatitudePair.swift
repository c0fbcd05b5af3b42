/// Two latitudes on the auxiliary sphere and their sum and difference, which are taken of whole numbers: near points
/// and near antipodes lose no digits.
struct LatitudePair {
    /// The parametric latitudes β: tan β = (b / a) tan φ, equation (6).
    let start, end: Phase
    /// sin(β₂ - β₁).
    let sineOfDifference: Double
    /// sin(β₂ + β₁).
    let sineOfSum: Double

    /// Takes geographic latitudes φ in 1e-7 degrees.
    ///
    /// - Parameter axisRatio: b / a of the ellipsoid; 1 for the sphere, on which β is φ.
    init(startE7: Int, endE7: Int, axisRatio: Double) {
        let (start, startDivisor) = Self.parametric(Phase(e7: startE7), axisRatio)
        let (end, endDivisor) = Self.parametric(Phase(e7: endE7), axisRatio)
        // From the addition theorem, with both sides divided as in `parametric`.
        let scale = axisRatio / (startDivisor * endDivisor)
        self.start = start
        self.end = end
        sineOfDifference = scale * Trigonometry.sine(e7: endE7 - startE7)
        sineOfSum = scale * Trigonometry.sine(e7: endE7 + startE7)
    }

    /// β for a φ, and what its sine and cosine were divided by.
    private static func parametric(_ latitude: Phase, _ axisRatio: Double) -> (Phase, divisor: Double) {
        let sine = axisRatio * latitude.sine
        let divisor = (latitude.cosine * latitude.cosine + sine * sine).squareRoot()
        return (Phase(cosine: latitude.cosine / divisor, sine: sine / divisor), divisor)
    }
}
