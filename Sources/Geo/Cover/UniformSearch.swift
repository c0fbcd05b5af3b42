/// The search for the cells of one precision that meet a region, from the coarsest cells downward.
struct UniformSearch<Area: Region> {
    private let region: Area
    private let precision: Int
    private let limit: Int
    private var cells: [Geohash] = []

    init(region: Area, precision: Int, limit: Int) {
        self.region = region
        self.precision = precision
        self.limit = limit
    }

    /// The cells in ascending order, or `nil` as soon as there would be more than the limit.
    mutating func allCells() -> [Geohash]? {
        Geohash.coarsest.allSatisfy { take($0) } ? cells : nil
    }

    /// Takes the parts of a cell that meet the region; false if they are too many.
    private mutating func take(_ cell: Geohash) -> Bool {
        switch region.relation(to: cell.box) {
        case .outside: true
        case .inside: takeAllParts(of: cell)
        case .partial where cell.precision == precision: takeAllParts(of: cell)
        case .partial: (0..<Geohash.partsPerCell).allSatisfy { take(cell.part($0)) }
        }
    }

    /// Takes all parts of a cell without looking at the region again.
    private mutating func takeAllParts(of cell: Geohash) -> Bool {
        let count = 1 << (Geohash.bitsPerCharacter * (precision - cell.precision))
        guard count <= limit - cells.count else { return false }
        let step: UInt64 = 1 << UInt64(64 - Geohash.bitsPerCharacter * precision)
        for part in 0..<UInt64(count) {
            cells.append(Geohash(truncating: cell.rawValue &+ part &* step, precision: precision))
        }
        return true
    }
}
