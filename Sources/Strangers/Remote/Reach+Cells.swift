import Geo

extension Reach {
    /// The cells of precision 4 that hold, or are, every published cell in reach; from the own one outwards.
    ///
    /// At most ``StrangerLimits/maximumReachCells``: only next to a pole are there more. Costs about a microsecond a cell.
    var coarseCells: [Geohash] {
        let own = cell.channel
        var cells = [own]
        var steps = 1
        while cells.count < StrangerLimits.maximumReachCells {
            let near = own.ring(steps).filter { contains($0) }
            guard !near.isEmpty else { break }
            cells += near
            steps += 1
        }
        return Array(cells.prefix(StrangerLimits.maximumReachCells))
    }
}

extension BlurredCell {
    /// The cell of precision 4 that processes tell each other of this one by.
    var channel: Geohash { geohash.parent(precision: StrangerLimits.coarsestPrecision) }
}
