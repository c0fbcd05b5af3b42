import Geo

/// Where the people of a crowd are: towns of about 5 km, a degree apart.
struct Places {
    static let radius = Radius("5mi")!
    /// The side of a town, degrees; from corner to corner it is less than the radius.
    private static let side = 0.05

    let towns: Int

    func random(for person: Int, _ random: inout SeededRandom) -> Coordinate {
        let latitude = 40.7 + Double(person % towns) + Double.random(in: 0..<Self.side, using: &random)
        let longitude = -74 + Double.random(in: 0..<Self.side, using: &random)
        return Coordinate(latitude: latitude, longitude: longitude)!
    }
}
