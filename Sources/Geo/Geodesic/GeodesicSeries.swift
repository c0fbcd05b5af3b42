/// One of the three integrals along a geodesic, as A · (σ + Σ Cₗ sin 2lσ).
///
/// The coefficients are expanded in the parameter ε, for the longitude also in the third flattening n. They leave out
/// what is of the seventh order in the flattening, which is less than rounding.
struct GeodesicSeries {
    /// A.
    private let mean: Double
    /// The sum of sines.
    private let periodic: SineSeries

    /// The integral from one σ to another that is `arc` radians on.
    func integral(from start: Phase, to end: Phase, arc: Double) -> Double {
        mean * (arc + periodic.value(at: end) - periodic.value(at: start))
    }

    /// I₁, the length in units of b: equations (15), (17) and (18).
    static func length(_ epsilon: Double) -> GeodesicSeries {
        let (e1, e2, e3, e4, e5, e6) = powers(epsilon)
        return GeodesicSeries(
            mean: (1 + (e2 / 4 + e4 / 64 + e6 / 256)) / (1 - e1),
            periodic: SineSeries(
                c1: -1 / 2 * e1 + 3 / 16 * e3 - 1 / 32 * e5,
                c2: -1 / 16 * e2 + 1 / 32 * e4 - 9 / 2048 * e6,
                c3: -1 / 48 * e3 + 3 / 256 * e5,
                c4: -5 / 512 * e4 + 3 / 512 * e6,
                c5: -7 / 1280 * e5,
                c6: -7 / 2048 * e6))
    }

    /// I₂, which the reduced length is made of besides I₁: equations (41), (42) and (43).
    static func inverseLength(_ epsilon: Double) -> GeodesicSeries {
        let (e1, e2, e3, e4, e5, e6) = powers(epsilon)
        return GeodesicSeries(
            mean: (1 + (e2 / 4 + 9 / 64 * e4 + 25 / 256 * e6)) * (1 - e1),
            periodic: SineSeries(
                c1: 1 / 2 * e1 + 1 / 16 * e3 + 1 / 32 * e5,
                c2: 3 / 16 * e2 + 1 / 32 * e4 + 35 / 2048 * e6,
                c3: 5 / 48 * e3 + 5 / 256 * e5,
                c4: 35 / 512 * e4 + 7 / 512 * e6,
                c5: 63 / 1280 * e5,
                c6: 77 / 2048 * e6))
    }

    /// I₃, by which the longitude falls short of that on the auxiliary sphere: equations (23), (24) and (25). Of one
    /// order less, because a factor f stands before it.
    static func longitude(_ epsilon: Double, thirdFlattening n: Double) -> GeodesicSeries {
        let (e1, e2, e3, e4, e5, _) = powers(epsilon)
        let n2 = n * n
        return GeodesicSeries(
            mean: longitudeMean(epsilon, thirdFlattening: n),
            periodic: SineSeries(
                c1: (1 - n) / 4 * e1 + (1 - n2) / 8 * e2 + (3 + 3 * n - n2) / 64 * e3 + (5 + 2 * n) / 128 * e4
                    + 3 / 128 * e5,
                c2: (2 - 3 * n + n2) / 32 * e2 + (3 - 2 * n - 3 * n2) / 64 * e3 + (3 + n) / 128 * e4 + 5 / 256 * e5,
                c3: (5 - 9 * n + 5 * n2) / 192 * e3 + (9 - 10 * n) / 384 * e4 + 7 / 512 * e5,
                c4: (7 - 14 * n) / 512 * e4 + 7 / 512 * e5,
                c5: 21 / 2560 * e5,
                c6: 0))
    }

    /// A₃ alone: equation (24).
    static func longitudeMean(_ epsilon: Double, thirdFlattening n: Double) -> Double {
        let (e1, e2, e3, e4, e5, _) = powers(epsilon)
        let n2 = n * n
        let shortfall =
            (1 - n) / 2 * e1 + (2 + n - 3 * n2) / 8 * e2 + (1 + 3 * n + n2) / 16 * e3 + (3 + 2 * n) / 64 * e4
            + 3 / 128 * e5
        return 1 - shortfall
    }

    private static func powers(_ x: Double) -> (Double, Double, Double, Double, Double, Double) {
        let square = x * x
        let cube = square * x
        return (x, square, cube, square * square, square * cube, cube * cube)
    }
}
