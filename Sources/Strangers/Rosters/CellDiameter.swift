import Geo

/// The longest way through a cell of a precision, wherever it lies.
enum CellDiameter {
    /// Metres, by precision; the way along the equator and then north is longer than any.
    private static let byPrecision: [Double] = (0...StrangerLimits.finestPrecision).map { precision in
        let (columnBits, rowBits) = ((5 * precision + 1) / 2, 5 * precision / 2)
        let degrees = 360 / Double(1 << columnBits) + 180 / Double(1 << rowBits)
        return degrees * Earth.meanRadius * Double.pi / 180
    }

    static func metres(precision: Int) -> Double { byPrecision[precision] }
}
