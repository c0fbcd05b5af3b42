/// A sum c₁ sin 2σ + c₂ sin 4σ + … + c₆ sin 12σ: the form of all periodic terms of the geodesic integrals.
struct SineSeries {
    let c1, c2, c3, c4, c5, c6: Double

    /// The sum at σ, by Clenshaw's recurrence.
    func value(at arc: Phase) -> Double {
        let sine = 2 * arc.sine * arc.cosine
        let twiceCosine = 2 * (arc.cosine - arc.sine) * (arc.cosine + arc.sine)
        let b5 = twiceCosine * c6 + c5
        let b4 = twiceCosine * b5 - c6 + c4
        let b3 = twiceCosine * b4 - b5 + c3
        let b2 = twiceCosine * b3 - b4 + c2
        let b1 = twiceCosine * b2 - b3 + c1
        return sine * b1
    }

    /// The growth of the sum from one σ to another.
    func growth(from start: Phase, to end: Phase) -> Double {
        value(at: end) - value(at: start)
    }
}
