/// The way along a ring, step by step, as far as it goes east or west, and the pieces that it consists of in
/// the plane.
struct RingPath {
    /// A pole that a ring around the Earth can be closed at.
    enum Pole { case north, south }

    /// An edge: from one latitude to another, so many degrees to the east.
    private struct Step {
        let from: Polygon.Position
        let to: Polygon.Position
        let eastward: Double
    }

    /// The least number of positions of a ring: a triangle, closed.
    private static let leastPositions = 4
    /// The greatest longitude, either way: one turn more than needed.
    private static let maximumLongitude = 540.0

    private let steps: [Step]
    /// How often the ring goes around the Earth, eastward.
    private let turns: Int

    private(set) var segments: [Segment] = []

    /// - Parameter number: of the ring, for errors.
    init(_ positions: [Polygon.Position], number: Int) throws(PolygonError) {
        try Self.check(positions, number: number)
        steps = Self.steps(positions)
        turns = Self.turns(steps)
        guard turns.magnitude <= 1 else { throw PolygonError(.goesAroundTwice, ring: number) }
        for step in steps { append(step) }
    }

    /// Whether the ring goes around the Earth, so that there is a pole on each side of it.
    var goesAround: Bool { turns != 0 }

    private static func check(_ positions: [Polygon.Position], number: Int) throws(PolygonError) {
        for (index, position) in positions.enumerated() {
            guard position.latitude.magnitude <= Coordinate.maximumLatitude else {
                throw PolygonError(.latitudeOutOfRange, ring: number, position: index + 1)
            }
            guard position.longitude.magnitude <= maximumLongitude else {
                throw PolygonError(.longitudeOutOfRange, ring: number, position: index + 1)
            }
        }
        guard let first = positions.first, let last = positions.last, positions.count >= leastPositions else {
            throw PolygonError(.tooFewPositions(count: positions.count), ring: number)
        }
        let eastward = (last.longitude - first.longitude).remainder(dividingBy: 360)
        guard first.latitude == last.latitude, eastward == 0 else {
            throw PolygonError(.notClosed, ring: number, position: positions.count)
        }
    }
}

// MARK: - Steps

extension RingPath {
    /// The short way from each position to the next; around the whole Earth where a ring needs it.
    private static func steps(_ positions: [Polygon.Position]) -> [Step] {
        let edges = zip(positions, positions.dropFirst())
        let short = edges.map { Step(from: $0, to: $1, eastward: shortWay($1.longitude - $0.longitude)) }
        let needsParallels = turns(short) != 0 || short.allSatisfy { $0.eastward == 0 }
        guard needsParallels else { return short }
        return edges.map { from, to in
            let eastward = to.longitude - from.longitude
            return Step(from: from, to: to, eastward: eastward.magnitude == 360 ? eastward : shortWay(eastward))
        }
    }

    private static func shortWay(_ eastward: Double) -> Double {
        eastward.magnitude <= 180 ? eastward : eastward.remainder(dividingBy: 360)
    }

    private static func turns(_ steps: [Step]) -> Int {
        Int((steps.reduce(0) { $0 + $1.eastward } / 360).rounded())
    }
}

// MARK: - Pieces

extension RingPath {
    /// Appends the pieces of a step, cut in two where it crosses the antimeridian.
    private mutating func append(_ step: Step) {
        let from = Polygon.Position(
            longitude: Self.canonical(step.from.longitude), latitude: step.from.latitude)
        let end = from.longitude + step.eastward
        guard end.magnitude > Coordinate.maximumLongitude else {
            append(Segment(from, Self.position(of: step.to, near: end)))
            return
        }
        let border = end < 0 ? -Coordinate.maximumLongitude : Coordinate.maximumLongitude
        let share = (border - from.longitude) / step.eastward
        let latitude = from.latitude + share * (step.to.latitude - from.latitude)
        append(Segment(from, Polygon.Position(longitude: border, latitude: latitude)))
        append(
            Segment(
                Polygon.Position(longitude: -border, latitude: latitude),
                Self.position(of: step.to, near: end - 2 * border)))
        if step.from.latitude != step.to.latitude { appendCut(step, latitude: latitude) }
    }

    /// Appends a piece of the antimeridian around a cut, as its latitude is rounded.
    private mutating func appendCut(_ step: Step, latitude: Double) {
        let least = min(step.from.latitude, step.to.latitude)
        let greatest = max(step.from.latitude, step.to.latitude)
        let ends = [latitude - Segment.toleranceDegrees, latitude + Segment.toleranceDegrees].map {
            Polygon.Position(
                longitude: Coordinate.maximumLongitude, latitude: min(max($0, least), greatest))
        }
        append(Segment(ends[0], ends[1]))
    }

    /// Appends a piece, and what of it is on the antimeridian once more under the other longitude.
    private mutating func append(_ segment: Segment) {
        segments.append(segment)
        let ends = [segment.west, segment.east].filter {
            $0.longitude.magnitude == Coordinate.maximumLongitude
        }.map { Polygon.Position(longitude: -$0.longitude, latitude: $0.latitude) }
        if segment.west.longitude == segment.east.longitude, let first = ends.first, let last = ends.last {
            segments.append(Segment(first, last))
        } else {
            segments += ends.map { Segment($0, $0) }
        }
    }

    /// The longitude within ±180. Exact, as the difference of numbers of like size is.
    private static func canonical(_ longitude: Double) -> Double {
        longitude > Coordinate.maximumLongitude
            ? longitude - 360 : longitude < -Coordinate.maximumLongitude ? longitude + 360 : longitude
    }

    /// The position with that one of its longitudes that a sum has come near to.
    private static func position(of position: Polygon.Position, near sum: Double) -> Polygon.Position {
        let longitude = canonical(position.longitude)
        let turns = ((sum - longitude) / 360).rounded()
        return Polygon.Position(longitude: longitude + 360 * turns, latitude: position.latitude)
    }
}

// MARK: - Area

extension RingPath {
    /// The pole at which a ring around the Earth encloses less.
    var smallerPole: Pole {
        squareMetres(around: .south) < squareMetres(around: .north) ? .south : .north
    }

    /// The area within the ring in square metres: R² times the integral of sin φ dλ along it. From every sine one
    /// is subtracted, which changes nothing in a ring that comes back, and keeps the digits of a small one. In
    /// a ring around the Earth it must be that of the pole: so the way along the pole, which closes it, adds
    /// nothing.
    func squareMetres(around pole: Pole?) -> Double {
        let level: Double =
            switch goesAround ? pole : nil {
            case .north: Coordinate.maximumLatitude
            case .south: -Coordinate.maximumLatitude
            case nil: steps[0].from.latitude
            }
        let integral = steps.reduce(0) { $0 + Self.integral($1, above: level) }
        return Earth.meanRadius * Earth.meanRadius * integral.magnitude
    }

    /// The integral of sin φ - sin φ₀ over the longitudes of a step, in radians. The mean of sin φ between two
    /// latitudes is the sine of the middle times sin h / h, h being half of the difference.
    private static func integral(_ step: Step, above level: Double) -> Double {
        let middle = (step.from.latitude + step.to.latitude) / 2
        let half = (step.to.latitude - step.from.latitude) / 2
        let aboveLevel =
            2 * Trigonometry.cosine(degrees: (middle + level) / 2)
            * Trigonometry.sine(degrees: (middle - level) / 2)
        let ratio =
            half == 0 ? 1 : Trigonometry.sine(degrees: half) / (half * Trigonometry.radiansPerDegree)
        let mean = aboveLevel + Trigonometry.sine(degrees: middle) * (ratio - 1)
        return step.eastward * Trigonometry.radiansPerDegree * mean
    }
}
