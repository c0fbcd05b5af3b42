// The only file of the library that reaches for the C math library.

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Trigonometry in degrees, exact where degrees are exact.
///
/// `sin(.pi)` is not 0, because `.pi` is not π. Reducing the angle while it is still in degrees, where
/// 45, 90 and 180 are exact numbers, makes the poles and the antimeridian come out as true zeros and
/// loses no digits near them.
enum Trigonometry {
    static let degreesPerRadian = 180 / Double.pi
    static let radiansPerDegree = Double.pi / 180

    /// The sine of an angle within ±180°.
    static func sine(degrees: Double) -> Double {
        let angle = degrees.magnitude
        let sine =
            if angle <= 45 {
                sin(angle * radiansPerDegree)
            } else if angle <= 135 {
                cos((90 - angle) * radiansPerDegree)
            } else {
                sin((180 - angle) * radiansPerDegree)
            }
        return degrees < 0 ? -sine : sine
    }

    /// The cosine of an angle within ±180°.
    static func cosine(degrees: Double) -> Double {
        let angle = degrees.magnitude
        return if angle <= 45 {
            cos(angle * radiansPerDegree)
        } else if angle <= 135 {
            sin((90 - angle) * radiansPerDegree)
        } else {
            -cos((180 - angle) * radiansPerDegree)
        }
    }

    /// The sine of an angle.
    static func sine(radians: Double) -> Double { sin(radians) }

    /// The cosine of an angle.
    static func cosine(radians: Double) -> Double { cos(radians) }

    /// The angle in radians, within ±π, of the direction (x, y).
    static func radians(y: Double, x: Double) -> Double { atan2(y, x) }

    /// The angle in degrees, within ±90°, that has this sine. `sine` is within ±1.
    static func arcSine(_ sine: Double) -> Double {
        asin(sine) * degreesPerRadian
    }

    /// The angle in degrees, within ±180°, of the direction (x, y).
    static func arcTangent(y: Double, x: Double) -> Double {
        atan2(y, x) * degreesPerRadian
    }
}
