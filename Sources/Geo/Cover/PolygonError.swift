/// Why positions make no polygon.
public struct PolygonError: Error, Hashable, Sendable {
    /// What is wrong with them.
    public enum Reason: Hashable, Sendable {
        /// A multi-polygon has no polygon.
        case noPolygon
        /// A polygon has no ring.
        case noRing
        /// A ring has fewer than four positions.
        case tooFewPositions(count: Int)
        /// The last position of a ring is not the place of the first.
        case notClosed
        /// A latitude is no number, or not within ±90.
        case latitudeOutOfRange
        /// A longitude is no number, or not within ±540.
        case longitudeOutOfRange
        /// A ring goes more than once around the Earth, so it must cross itself.
        case goesAroundTwice
    }

    /// What is wrong; ``description`` says it in words, with the place.
    public let reason: Reason

    /// Which polygon of a multi-polygon, from 1 on; `nil` for a polygon alone.
    public internal(set) var polygon: Int?

    /// Which ring of the polygon, from 1 on: the outer one is 1.
    public let ring: Int?

    /// Which position of the ring, from 1 on.
    public let position: Int?

    init(_ reason: Reason, ring: Int? = nil, position: Int? = nil) {
        self.reason = reason
        self.ring = ring
        self.position = position
    }
}

extension PolygonError: CustomStringConvertible {
    /// Place and reason in words: "polygon 2, ring 1, position 7: the latitude is not within ±90 degrees".
    public var description: String {
        let places = [("polygon", polygon), ("ring", ring), ("position", position)]
        let place = places.compactMap { name, number in number.map { "\(name) \($0)" } }
        return place.isEmpty ? words : place.joined(separator: ", ") + ": " + words
    }

    private var words: String {
        switch reason {
        case .noPolygon: "there is no polygon"
        case .noRing: "there is no ring"
        case .tooFewPositions(let count): "\(count) positions are too few, a ring has at least 4"
        case .notClosed: "the last position is not the first one"
        case .latitudeOutOfRange: "the latitude is not within ±90 degrees"
        case .longitudeOutOfRange: "the longitude is not within ±540 degrees"
        case .goesAroundTwice: "it goes more than once around the Earth"
        }
    }
}
