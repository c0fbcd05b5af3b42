import Geo
import Testing

/// Neighbours, rings and children against their definitions.
@Suite struct GeohashStepsTests {
    @Test func `nine cells are a cell and its neighbours`() {
        var random = SeededRandom(seed: 71)
        for _ in 0..<3_000 {
            let cell = Geohash(random.coordinate(), precision: Int.random(in: 1...12, using: &random))
            let expected = [cell] + CompassPoint.allCases.compactMap(cell.neighbor)
            #expect(Array(cell.nine) == expected)
            #expect(cell.neighbors == Array(expected.dropFirst()))
            #expect(cell.nine.count == expected.count && [6, 9].contains(expected.count))
            #expect(cell.nine.indices.map { cell.nine[$0] } == expected)
            var each: [Geohash] = []
            cell.nine.forEach { each.append($0) }
            #expect(each == expected)
            #expect(cell.nine == NineCells(cell) && cell.nine.center == cell)
        }
    }

    /// Steps from neighbour to neighbour, as far as all can be reached.
    @Test(arguments: ["0", "9", "z", "8", "gz", "00", "bp", "80", "dr5", "xbp", "pbp"])
    func `rings are what so many steps lead to`(_ text: String) throws {
        let cell = try #require(Geohash(text))
        var seen: Set = [cell]
        var edge: Set = [cell]
        for steps in 0...18 {
            let ring = cell.ring(steps)
            #expect(Set(ring) == edge && ring.count == edge.count)
            let disk = cell.disk(steps)
            #expect(Set(disk) == seen && disk.count == seen.count)
            edge = Set(edge.flatMap(\.neighbors)).subtracting(seen)
            seen.formUnion(edge)
        }
    }

    @Test func `a ring goes from north to south and from west to east`() throws {
        let cell = try #require(Geohash("9q8"))
        let expected = cell.neighbors.sorted { ($1.box.south, $0.box.west) < ($0.box.south, $1.box.west) }
        #expect(cell.ring(1) == expected)
        #expect(cell.disk(1).count == 9 && Set(cell.disk(1)) == Set(cell.nine))
    }

    @Test func `children make up their parent`() {
        var random = SeededRandom(seed: 72)
        for _ in 0..<1_000 {
            let cell = Geohash(random.coordinate(), precision: Int.random(in: 1...11, using: &random))
            let children = cell.children
            #expect(children.count == 32 && Set(children).count == 32)
            #expect(children.allSatisfy { $0.parent(precision: cell.precision) == cell })
            #expect(children.allSatisfy { $0.precision == cell.precision + 1 })
            #expect(zip(children, children.dropFirst()).allSatisfy { $0 < $1 })
        }
        #expect(Geohash("9q8yykv551w2")?.children.isEmpty == true)
    }
}
