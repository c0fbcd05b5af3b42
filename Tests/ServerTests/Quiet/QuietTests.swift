import Channels
import Testing

@testable import Server

/// How long and how far a client may stay silent, by its list and its own cell.
@Suite struct QuietTests {
    private static let inactivity: Int64 = 600_000

    private func within(_ nearest: Double, _ farthest: Double, radius: Double = 10_000, cell: Double? = nil) -> Int {
        Quiet(
            inactivity: Self.inactivity, radius: radius, list: ListSpan(nearest: nearest, farthest: farthest),
            cell: cell
        ).within
    }

    private func quiet(inactivity: Int64, cell: Double? = nil) -> Quiet {
        Quiet(inactivity: inactivity, radius: 10_000, list: nil, cell: cell)
    }

    @Test func isAtMostHalfTheInactivityTimeAndFiveMinutes() {
        #expect(quiet(inactivity: 600_000).duration == 300)
        #expect(quiet(inactivity: 600_001).duration == 300)
        #expect(quiet(inactivity: 599_999).duration == 299)
        #expect(quiet(inactivity: 7 * 86_400_000).duration == Limits.quietSeconds)
        #expect(quiet(inactivity: 2_000).duration == 1)
        #expect(quiet(inactivity: 1_999).duration == 0)
    }

    @Test func isAtMostThreeSteps() {
        #expect(quiet(inactivity: Self.inactivity).within == Limits.quietMetres)
        #expect(within(50_000, 50_000, radius: 100_000) == 300)
        #expect(within(6_000, 6_000, radius: 12_000) == 300)
        #expect(within(5_999, 6_000, radius: 12_000) == 200)
    }

    @Test func theNearestFriendSetsIt() {
        #expect(within(2_000, 2_000) == 100)
        #expect(within(1_999.9, 2_000) == 0)
        #expect(within(4_000, 4_000) == 200)
        #expect(within(0, 4_000) == 0)
    }

    @Test func soDoesTheFarthest() {
        #expect(within(8_000, 8_000) == 100)
        #expect(within(8_000, 8_000.1) == 0)
        #expect(within(4_000, 10_000) == 0)
        // What rounding may make of somebody on the edge.
        #expect(within(4_000, 10_000.000_1) == 0)
    }

    @Test func andTheOwnCell() {
        #expect(quiet(inactivity: Self.inactivity, cell: 250).within == 200)
        #expect(quiet(inactivity: Self.inactivity, cell: 200).within == 200)
        #expect(quiet(inactivity: Self.inactivity, cell: 199.9).within == 100)
        #expect(quiet(inactivity: Self.inactivity, cell: 99).within == 0)
        #expect(quiet(inactivity: Self.inactivity, cell: 0).within == 0)
        #expect(within(2_000, 2_000, cell: 1_000) == 100)
    }

    /// Two people on a line, each silent as far as it was told, and then wherever they are by then.
    @Test func nobodyInAListComesToTheEdgeAndNoDistanceIsMuchWrong() {
        var random = SeededGenerator(seed: 15)
        for _ in 0..<100_000 {
            let radius = Double.random(in: 1...100_000, using: &random)
            let distance = Double.random(in: 0...radius, using: &random)
            // Others in either's list make it less.
            let mine = within(Double.random(in: 0...distance, using: &random), distance, radius: radius)
            let theirs = within(distance, Double.random(in: distance...radius, using: &random), radius: radius)
            for moved in [Double(mine + theirs), -Double(mine + theirs)] {
                #expect(distance + moved <= radius)
                #expect(moved.magnitude <= distance / 10)
            }
            #expect(mine % Limits.quietStep == 0 && (0...Limits.quietMetres).contains(mine))
        }
    }

    /// The largest multiple of the step that every friend and the cell allow, found by trying.
    @Test func isTheLargestStepThatEverybodyAllows() {
        var random = SeededGenerator(seed: 16)
        for _ in 0..<20_000 {
            let radius = Double.random(in: 1...30_000, using: &random)
            let distances = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                Double.random(in: 0...radius, using: &random)
            }
            let cell = Bool.random(using: &random) ? Double.random(in: 0...600, using: &random) : nil
            let largest = [300, 200, 100, 0].first { step in
                let allows = { (room: Double) in step == 0 || Double(step) <= room }
                return distances.allSatisfy { allows($0 / 20) && allows((radius - $0) / 20) } && allows(cell ?? 300)
            }
            let list = distances.min().map { ListSpan(nearest: $0, farthest: distances.max()!) }
            let quiet = Quiet(inactivity: Self.inactivity, radius: radius, list: list, cell: cell)
            #expect(quiet.within == largest)
            // Whoever is enough for less is recognised alone.
            for distance in distances where !quiet.isTooMuch(nearest: distance, farthest: distance, radius: radius) {
                #expect(within(distance, distance, radius: radius) >= quiet.within)
            }
        }
    }
}
