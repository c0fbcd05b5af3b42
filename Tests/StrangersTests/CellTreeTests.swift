import Geo
import Testing

@testable import Strangers

@Suite struct CellTreeTests {
    /// Entries come and go; counts, places and the search agree with going through all of them.
    @Test(arguments: [UInt64(1), 2, 3])
    func agreesWithBruteForce(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var tree = CellTree()
        var entries: [UInt32: (cell: Geohash, place: CellTree.Place)] = [:]
        let centers = [at(51.5, 0), at(0, 180), at(88.5, 10), at(-88.5, -170), at(40.7, -74)]
        for step in 0..<6_000 {
            let entry = UInt32(random.below(400))
            if let former = entries.removeValue(forKey: entry), let moved = tree.remove(at: former.place) {
                entries[moved]?.place = former.place
            }
            if random.chance(step % 1_500 < 1_200 ? 0.8 : 0.05) {
                let center = centers[random.below(centers.count)]
                let position = center.moved(
                    north: Double.random(in: -30_000...30_000, using: &random),
                    east: Double.random(in: -30_000...30_000, using: &random))
                let cell = Geohash(position, precision: 4 + random.below(3))
                entries[entry] = (cell, tree.insert(entry, in: cell))
            }
            if step % 500 == 499 { compare(tree, entries, centers, &random) }
        }
    }

    private func compare(
        _ tree: CellTree, _ entries: [UInt32: (cell: Geohash, place: CellTree.Place)], _ centers: [Coordinate],
        _ random: inout SeededGenerator
    ) {
        for (entry, value) in entries {
            #expect(tree.rosters[Int(value.place.node)][Int(value.place.position)] == entry)
            let parent = value.cell.parent(precision: 1 + random.below(value.cell.precision))
            #expect(tree.count(in: parent) == entries.values.count { parent.contains($0.cell) })
        }
        for radius in [1.0, 2_000, 15_000, 100_000] {
            for center in centers {
                let own = BlurredCell(Geohash(center, precision: 4 + random.below(3)))!
                let reach = Reach(cell: own, radius: radius)
                let expected = entries.filter { reach.contains($0.value.cell) }.map(\.key)
                #expect(Set(found(in: reach, tree)) == Set(expected))
                #expect(found(in: reach, tree).count == expected.count)
            }
        }
    }

    private func found(in reach: Reach, _ tree: CellTree) -> [UInt32] {
        var urns: [Urn] = []
        tree.collectUrns(in: reach, into: &urns)
        return urns.flatMap { urn -> [UInt32] in
            guard urn.isWhole else { return tree.rosters[Int(urn.node)] }
            return (0..<Int(tree.nodes[Int(urn.node)].count)).map { tree.entry($0, below: urn.node) }
        }
    }

    @Test func emptyNodesAreSwept() {
        var tree = CellTree()
        var places: [CellTree.Place] = []
        for entry in UInt32(0)..<3_000 {
            let cell = Geohash(at(Double(entry % 60), Double(entry / 60)), precision: 6)
            places.append(tree.insert(entry, in: cell))
        }
        let shape = tree.shape
        for place in places.dropLast() { #expect(tree.remove(at: place) == nil) }
        #expect(tree.shape > shape)
        let kept = tree.insert(9_999, in: Geohash(at(1, 1), precision: 6))
        #expect(tree.nodes.count < 4 * 3_000 && Int(kept.node) < tree.nodes.count)
        var urns: [Urn] = []
        tree.collectUrns(in: Reach(cell: BlurredCell(Geohash(at(1, 1), precision: 6))!, radius: 100), into: &urns)
        #expect(urns.count < 50)
    }
}
