import Geo

/// Which cells of precision 4 a shard wants to hear of from other processes, counted.
struct CellInterest {
    private var counts: [Geohash: Int] = [:]
    /// Cells whose first interest began or last one ended, in order, until they are taken.
    private var changes: [(cell: Geohash, isWanted: Bool)] = []

    mutating func add(_ cell: Geohash) {
        counts[cell, default: 0] += 1
        if counts[cell] == 1 { changes.append((cell, true)) }
    }

    mutating func remove(_ cell: Geohash) {
        guard let count = counts[cell] else { return }
        counts[cell] = count > 1 ? count - 1 : nil
        if count == 1 { changes.append((cell, false)) }
    }

    /// Changes since the last time.
    mutating func take() -> [(cell: Geohash, isWanted: Bool)] {
        defer { changes.removeAll(keepingCapacity: true) }
        return changes
    }
}
