/// An angle by its cosine and sine, "ph(x + iy)" in Karney's paper.
///
/// In this form angles are compared and subtracted without trigonometry, and quarter turns are exact.
struct Phase {
    let cosine: Double
    let sine: Double

    static let north = Phase(cosine: 1, sine: 0)
    static let east = Phase(cosine: 0, sine: 1)
    static let south = Phase(cosine: -1, sine: 0)

    /// Takes the two as they are: the caller sees to it that their squares sum to 1.
    init(cosine: Double, sine: Double) {
        self.cosine = cosine
        self.sine = sine
    }

    /// The direction of the point (x, y); 0 for the origin.
    init(x: Double, y: Double) {
        let length = (x * x + y * y).squareRoot()
        self.init(cosine: length > 0 ? x / length : 1, sine: length > 0 ? y / length : 0)
    }

    /// An angle in 1e-7 degrees, within ±180°.
    init(e7: Int) {
        self.init(cosine: Trigonometry.cosine(e7: e7), sine: Trigonometry.sine(e7: e7))
    }

    /// Half of an angle in 1e-7 degrees, 0 to 180°.
    init(halfOfE7 angle: Int) {
        let supplement = 2 * Trigonometry.rightAngleE7 - angle
        self.init(
            cosine: Trigonometry.sine(degrees: Double(supplement) / 2e7),
            sine: Trigonometry.sine(degrees: Double(angle) / 2e7))
    }

    /// The angle in degrees, 0..<360.
    var bearing: Double {
        let degrees = Trigonometry.arcTangent(y: sine, x: cosine)
        // The sum with a tiny negative angle is rounded to 360; -0 is not less than 0, but should be 0.
        let turned = degrees < 0 ? degrees + 360 : degrees.magnitude
        return turned < 360 ? turned : 0
    }

    /// The sine of the angle from another one to this.
    func sine(from other: Phase) -> Double {
        sine * other.cosine - cosine * other.sine
    }

    /// The cosine of the angle from another one to this.
    func cosine(from other: Phase) -> Double {
        cosine * other.cosine + sine * other.sine
    }

    /// This angle and some radians more.
    func advanced(radians: Double) -> Phase {
        let turn = Phase(cosine: Trigonometry.cosine(radians: radians), sine: Trigonometry.sine(radians: radians))
        return Phase(
            x: cosine * turn.cosine - sine * turn.sine,
            y: sine * turn.cosine + cosine * turn.sine)
    }

    /// The middle of the smaller angle between two that are not opposite.
    static func middle(_ one: Phase, _ other: Phase) -> Phase {
        Phase(x: one.cosine + other.cosine, y: one.sine + other.sine)
    }
}
