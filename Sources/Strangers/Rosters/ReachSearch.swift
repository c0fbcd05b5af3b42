import Geo

/// What a search for the cells in reach keeps at hand: an exact answer costs about a microsecond, so most cells are
/// settled by bounds that need no trigonometry.
struct ReachSearch {
    /// Metres by which the bounds and the gap of a cell and one inside it may disagree, for rounding.
    static let slack = 1e-3

    private let reach: Reach
    private let box: GeohashBox
    /// Of the own cell's latitude that is nearest to a pole, and of the one that is nearest to the equator.
    private let smallestCosine: Double
    private let largestCosine: Double
    private let sineOfRadius: Double

    init(_ reach: Reach) {
        self.reach = reach
        box = reach.cell.geohash.box
        let latitudes = (box.south.magnitude, box.north.magnitude)
        smallestCosine = Self.cosine(latitude: max(latitudes.0, latitudes.1))
        largestCosine = Self.cosine(latitude: min(latitudes.0, latitudes.1))
        let chordSquared = Earth.chordSquared(metres: reach.radius + Self.slack)
        sineOfRadius = (chordSquared * (1 - chordSquared / 4)).squareRoot()
    }

    /// Where a cell lies.
    enum Place {
        /// Neither the cell nor any cell inside it is in reach.
        case outside
        /// The cell is in reach; some cells inside it may not be.
        case partly
        /// The cell and all cells inside it are in reach.
        case inside
        /// The cell is out of reach by less than rounding can tell for the cells inside it.
        case edge
    }

    func place(of cell: Geohash) -> Place {
        let other = cell.box
        let north = max(other.south - box.north, box.south - other.north, 0)
        if north * Self.metresPerDegree > reach.radius + Self.slack { return .outside }
        let east = longitudeGap(to: other)
        if isBeyond(east) { return .outside }
        let diameter = CellDiameter.metres(precision: cell.precision)
        // One way there: along the own parallel, then along the meridian.
        let way = (north + east * largestCosine) * Self.metresPerDegree + Self.slack
        if way + diameter < reach.radius { return .inside }
        if way < reach.radius { return .partly }
        let gap = reach.cell.geohash.gap(to: cell)
        if gap + diameter < reach.radius { return .inside }
        if gap <= reach.radius { return .partly }
        return gap <= reach.radius + Self.slack ? .edge : .outside
    }

    /// Whether a cell that begins so many degrees to the east or west is certainly out of reach.
    ///
    /// From latitude φ it is asin(cos φ · sin λ) to the nearest point of the half meridian that lies λ away, up to
    /// a quarter of the Earth, and no less to those beyond.
    private func isBeyond(_ degrees: Double) -> Bool {
        let angle = min(degrees, 80) * Double.pi / 180
        // The sine is at least this, which grows up to 81 degrees.
        return smallestCosine * (angle - angle * angle * angle / 6) > sineOfRadius
    }

    /// Degrees from border to border the shorter way around; 0 if the boxes share a meridian.
    private func longitudeGap(to other: GeohashBox) -> Double {
        if box.west <= other.east, other.west <= box.east { return 0 }
        let eastward = other.west - box.east
        let westward = box.west - other.east
        return min(eastward < 0 ? eastward + 360 : eastward, westward < 0 ? westward + 360 : westward)
    }

    private static func cosine(latitude: Double) -> Double {
        let sine = Coordinate(latitude: latitude, longitude: 0)?.unitVector.z ?? 1
        return max(0, 1 - sine * sine).squareRoot()
    }

    private static let metresPerDegree = Earth.meanRadius * Double.pi / 180
}
