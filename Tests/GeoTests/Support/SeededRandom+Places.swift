import Geo

/// Random places, with the difficult ones as likely as the ordinary.
extension SeededRandom {
    mutating func coordinate() -> Coordinate {
        Coordinate(latitude: latitude(), longitude: longitude())!
    }

    /// Evenly over degrees; often near a pole, sometimes a pole, the equator or a border of cells.
    mutating func latitude() -> Double {
        switch Int.random(in: 0..<10, using: &self) {
        case 0: [-90, -67.5, -45, 0, 45, 84.375, 90].randomElement(using: &self)!
        case 1: 90 - offset()
        case 2: offset() - 90
        default: Double.random(in: -90...90, using: &self)
        }
    }

    /// Evenly; often near the antimeridian, sometimes it or a border of cells.
    mutating func longitude() -> Double {
        switch Int.random(in: 0..<10, using: &self) {
        case 0: [-180, -135, -0.0, 0, 11.25, 90, 180].randomElement(using: &self)!
        case 1: 180 - offset()
        case 2: offset() - 180
        default: Double.random(in: -180...180, using: &self)
        }
    }

    /// Evenly over the orders of magnitude from `least` to `greatest`.
    mutating func magnitude(from least: Double, to greatest: Double) -> Double {
        let share = Double.random(in: 0...1, using: &self)
        return least * power(greatest / least, share)
    }

    private mutating func offset() -> Double { magnitude(from: 1e-7, to: 10) }
}
