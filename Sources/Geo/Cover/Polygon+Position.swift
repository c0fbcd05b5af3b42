extension Polygon {
    /// A position of a ring, in the order that GeoJSON writes it.
    public struct Position: Hashable, Sendable {
        /// Degrees, east positive.
        public let longitude: Double
        /// Degrees, north positive.
        public let latitude: Double

        /// Takes the numbers as they are; ``Polygon/init(rings:)`` looks at them.
        public init(longitude: Double, latitude: Double) {
            self.longitude = longitude
            self.latitude = latitude
        }
    }
}
