import Geo
import Testing

@testable import Strangers

@Suite struct BlurTests {
    let blur = try! Blur(StrangerSettings())

    @Test func noCellIsNarrowerThanTheMinimumAnywhere() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let position = at(
                Double.random(in: -90...90, using: &random), Double.random(in: -180...180, using: &random))
            guard let cell = blur.cell(of: position, holding: nil)?.geohash else {
                #expect(position.latitude.magnitude > 89)
                continue
            }
            #expect(cell.contains(position))
            #expect(min(cell.narrowestWidth, cell.height) >= 500)
        }
    }

    @Test(arguments: [(0.0, 6), (51.5, 6), (65, 6), (66.5, 5), (83, 5), (85, 4), (-66.5, 5), (-85, 4)])
    func coarserTowardsThePoles(latitude: Double, precision: Int) {
        #expect(blur.cell(of: at(latitude, 12), holding: nil)?.geohash.precision == precision)
    }

    @Test func nothingAtThePoles() {
        for latitude in [90.0, -90, 89.9, -89.9] { #expect(blur.cell(of: at(latitude, 0), holding: nil) == nil) }
    }

    @Test func theMinimumIsASetting() throws {
        let coarse = try Blur(StrangerSettings(minimumSide: 1_000))
        #expect(coarse.cell(of: at(51.5, 0.1), holding: nil)?.geohash.precision == 5)
        let none = try Blur(StrangerSettings(precisions: [6], minimumSide: 1_000))
        #expect(none.cell(of: at(51.5, 0.1), holding: nil) == nil)
    }

    /// From a cell's middle out over each edge: held just before a share of 10 %, left at it.
    @Test(arguments: [CompassPoint.n, .e, .s, .w])
    func heldUntilATenthPastTheEdge(direction: CompassPoint) throws {
        let only6 = try Blur(StrangerSettings(precisions: [6]))
        let cell = Geohash("u33dc1")!
        let held = only6.cell(of: cell.center, holding: nil)!
        #expect(only6.cell(of: cell.past(direction, share: 0.099), holding: held) == held)
        let left = only6.cell(of: cell.past(direction, share: 0.101), holding: held)!
        #expect(left.geohash == cell.neighbor(direction))
        // Coming back is no easier.
        #expect(only6.cell(of: cell.past(direction, share: -0.09), holding: left) == left)
        #expect(only6.cell(of: cell.past(direction, share: -0.11), holding: left) == held)
    }

    @Test func heldAcrossTheAntimeridian() throws {
        let only6 = try Blur(StrangerSettings(precisions: [6]))
        let west = Geohash(at(10, 179.9999), precision: 6)
        let held = only6.cell(of: west.center, holding: nil)!
        #expect(only6.cell(of: at(west.center.latitude, -179.9995), holding: held) == held)
        #expect(only6.cell(of: at(west.center.latitude, -179.9985), holding: held)?.geohash == west.neighbor(.e))
    }

    /// At the edge of a larger cell, that cell's own share counts.
    @Test func heldAtEveryLevel() throws {
        let blur = try Blur(StrangerSettings(precisions: [5, 6]))
        let five = Geohash("u33dc")!
        let six = Geohash(five.past(.e, share: -0.01), precision: 6)
        #expect(five.contains(six) && !five.contains(six.neighbor(.e)!))
        let held = blur.cell(of: six.center, holding: nil)!
        let inside = blur.cell(of: at(six.center.latitude, five.past(.e, share: 0.09).longitude), holding: held)!
        #expect(inside == held)
        let outside = blur.cell(of: at(six.center.latitude, five.past(.e, share: 0.11).longitude), holding: held)!
        #expect(!five.contains(outside.geohash))
    }

    /// Whoever is held is shown next to where it is: never farther than one cell and a tenth.
    @Test func walkersAreNeverFarFromTheirCell() throws {
        var random = SeededGenerator(seed: 7)
        for start in [at(51.5, -0.02), at(10, 179.999), at(65.7, 22.5), at(-33.75, 151.171875)] {
            var (position, held) = (start, BlurredCell?.none)
            for _ in 0..<3_000 {
                position = position.moved(
                    north: Double.random(in: -200...200, using: &random),
                    east: Double.random(in: -200...200, using: &random))
                held = blur.cell(of: position, holding: held)
                let cell = try #require(held?.geohash)
                let own = Geohash(position, precision: cell.precision)
                #expect(own == cell || own.neighbors.contains(cell))
            }
        }
    }

    @Test func nothingFinerFitsIn() {
        let position = at(48, 11)
        for precision in 1...12 {
            let fits = 4...6 ~= precision
            #expect((BlurredCell(Geohash(position, precision: precision)) != nil) == fits)
        }
        let blurred = BlurredCell(Geohash(position, precision: 5))!
        #expect(PublishedCell(blurred, precision: 3) == nil)
        #expect(PublishedCell(blurred, precision: 4)?.geohash == Geohash(position, precision: 4))
        #expect(PublishedCell(blurred, precision: 5)?.geohash == blurred.geohash)
        #expect(PublishedCell(blurred, precision: 6) == nil)
        #expect(CoarseCell(code: 0) == nil && CoarseCell(code: 4) == nil && CoarseCell(code: 1 << 31 | 1) != nil)
        #expect(CoarseCell(code: 1 << 2 | 1) == nil, "a bit below the last character")
    }
}

extension Geohash {
    /// A point in the middle of an edge, moved out by a share of the cell's size (negative: in).
    fileprivate func past(_ direction: CompassPoint, share: Double) -> Coordinate {
        let (box, middle) = (box, center)
        let (height, width) = (box.north - box.south, box.east - box.west)
        return switch direction {
        case .n: at(box.north + share * height, middle.longitude)
        case .s: at(box.south - share * height, middle.longitude)
        case .e: at(middle.latitude, box.east + share * width)
        default: at(middle.latitude, box.west - share * width)
        }
    }
}
