extension GeohashBox {
    /// The area in square metres, exactly that of the sphere of ``Earth/meanRadius`` between two parallels and
    /// two meridians.
    public var squareMetres: Double {
        Earth.squareMetres(south: south, north: north, width: east - west)
    }
}

extension Earth {
    /// The area between two parallels, as far as `width` degrees of longitude: R² · Δλ · (sin φ₂ - sin φ₁). The
    /// difference of the sines is taken as a product, which keeps the digits of a low zone.
    static func squareMetres(south: Double, north: Double, width: Double) -> Double {
        let sines =
            2 * Trigonometry.cosine(degrees: (north + south) / 2)
            * Trigonometry.sine(degrees: (north - south) / 2)
        return meanRadius * meanRadius * (width * Trigonometry.radiansPerDegree) * sines
    }
}
