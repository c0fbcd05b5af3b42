extension GeohashBox {
    /// How far a position can move in any direction without leaving the box: metres to the nearest border, or a little less,
    /// 0 if the position is outside.
    ///
    /// A parallel is nearest along the meridian. A border that is a meridian lies on a great circle, whose distance is
    /// at most the border's.
    public func inset(of position: Coordinate) -> Double {
        let (latitude, longitude) = (position.latitude, position.longitude)
        guard (south...north).contains(latitude), (west...east).contains(longitude) else { return 0 }
        let sideways = min(longitude - west, east - longitude, 90)
        let sine = Trigonometry.cosine(degrees: latitude) * Trigonometry.sine(degrees: sideways)
        return Earth.metres(degrees: min(latitude - south, north - latitude, Trigonometry.arcSine(sine)))
    }
}
