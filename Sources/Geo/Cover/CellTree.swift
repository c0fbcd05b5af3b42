/// The cells that meet a region, as far as they have been divided, from given cells downward.
///
/// A cell of which only one part meets the region is replaced by that part, which costs nothing.
struct CellTree<Area: Region> {
    struct Node {
        let cell: Geohash
        let squareMetres: Double
        /// A bit for each part of the cell that meets the region; none if the cell is not to be divided.
        let parts: UInt32
        /// A bit for each part that is inside of it.
        let insideParts: UInt32
        /// The nodes of the parts; empty as long as the cell has not been divided.
        var children: Range<Int> = 0..<0

        var canBeDivided: Bool { parts != 0 && children.isEmpty }
    }

    private let region: Area
    private let finest: Int

    /// Parents come before their children. The first stands above the given cells, and is too large to be chosen.
    private(set) var nodes: [Node] = []

    init(region: Area, coarsest: [Geohash], finest: Int) {
        self.region = region
        self.finest = finest
        nodes.append(Node(cell: coarsest[0], squareMetres: .infinity, parts: 0, insideParts: 0))
        for cell in coarsest {
            nodes.append(node(cell, isInside: region.relation(to: cell.box) == .inside))
        }
        nodes[0].children = 1..<nodes.count
    }

    /// Appends the parts of a node that meet the region.
    mutating func divide(_ index: Int) {
        let parent = nodes[index]
        let first = nodes.count
        for digit in 0..<Geohash.partsPerCell where parent.parts & 1 << digit != 0 {
            nodes.append(node(parent.cell.part(digit), isInside: parent.insideParts & 1 << digit != 0))
        }
        nodes[index].children = first..<nodes.count
    }

    private func node(_ cell: Geohash, isInside: Bool) -> Node {
        var (cell, isInside) = (cell, isInside)
        while !isInside, cell.precision < finest {
            let (parts, insideParts) = relations(cell)
            guard parts.nonzeroBitCount == 1 else {
                return Node(
                    cell: cell, squareMetres: cell.box.squareMetres, parts: parts, insideParts: insideParts)
            }
            cell = cell.part(parts.trailingZeroBitCount)
            isInside = insideParts != 0
        }
        return Node(cell: cell, squareMetres: cell.box.squareMetres, parts: 0, insideParts: 0)
    }

    /// Which parts of a cell meet the region, and which are inside.
    private func relations(_ cell: Geohash) -> (parts: UInt32, insideParts: UInt32) {
        var (parts, insideParts): (UInt32, UInt32) = (0, 0)
        for digit in 0..<Geohash.partsPerCell {
            let relation = region.relation(to: cell.part(digit).box)
            if relation != .outside { parts |= 1 << digit }
            if relation == .inside { insideParts |= 1 << digit }
        }
        return (parts, insideParts)
    }
}
