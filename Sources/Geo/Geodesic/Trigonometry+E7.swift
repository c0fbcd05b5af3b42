/// Angles in 1e-7 degrees, within ±180°, are reduced to ±45° as whole numbers. So nothing is lost near the
/// poles, the antimeridian and the antipode, where a `Double` of about 180 has only 1e-14 degrees left.
extension Trigonometry {
    static let rightAngleE7 = 900_000_000
    private static let halfRightAngleE7 = 450_000_000

    static func sine(e7 angle: Int) -> Double {
        let size = abs(angle)
        let sine =
            if size <= halfRightAngleE7 {
                sine(degrees: degrees(size))
            } else if size <= 3 * halfRightAngleE7 {
                cosine(degrees: degrees(rightAngleE7 - size))
            } else {
                sine(degrees: degrees(2 * rightAngleE7 - size))
            }
        return angle < 0 ? -sine : sine
    }

    static func cosine(e7 angle: Int) -> Double {
        let size = abs(angle)
        return if size <= halfRightAngleE7 {
            cosine(degrees: degrees(size))
        } else if size <= 3 * halfRightAngleE7 {
            sine(degrees: degrees(rightAngleE7 - size))
        } else {
            -cosine(degrees: degrees(2 * rightAngleE7 - size))
        }
    }

    private static func degrees(_ e7: Int) -> Double { Double(e7) / 1e7 }
}
