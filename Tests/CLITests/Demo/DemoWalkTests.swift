import Geo
import Testing

@testable import CLI

@Suite struct DemoWalkTests {
    private static let seeds: [UInt64] = [1, 2, 3, 4, 5]

    @Test(arguments: DemoWalk.Pace.allCases, seeds)
    func nobodyIsFasterThanItsPace(_ pace: DemoWalk.Pace, _ seed: UInt64) {
        var walk = DemoWalk(pace: pace, seed: seed)
        #expect(pace.speeds.contains(walk.speed))
        var moved = 0.0
        for _ in 0..<2_000 {
            let before = walk.coordinate
            walk.advance(seconds: 3)
            let distance = before.distance(to: walk.coordinate)
            #expect(distance <= walk.speed * 3 + 0.1)
            moved += distance
        }
        // Stops and corners cost something, but everybody gets on.
        #expect(moved > walk.speed * 6_000 * 0.4)
    }

    @Test(arguments: DemoWalk.Pace.allCases)
    func everybodyStaysOnTheStreets(_ pace: DemoWalk.Pace) {
        var walk = DemoWalk(pace: pace, seed: 7)
        var strays = 0
        for _ in 0..<5_000 {
            walk.advance(seconds: 2)
            let corner = DemoCity.coordinate(x: walk.corner.x, y: walk.corner.y)
            let isOnStreets =
                DemoCity.streets.contains(walk.corner.street) && DemoCity.avenues.indices.contains(walk.corner.avenue)
                && walk.coordinate.distance(to: corner) < 320
            let isOnItsLine = pace != .metro || DemoCity.avenues[walk.corner.avenue].hasMetro
            if !isOnStreets || !isOnItsLine { strays += 1 }
        }
        #expect(strays == 0)
    }

    @Test func theStepsDoNotMatter() {
        var (fine, coarse) = (DemoWalk(pace: .cycling, seed: 9), DemoWalk(pace: .cycling, seed: 9))
        for _ in 0..<1_000 { fine.advance(seconds: 1) }
        coarse.advance(seconds: 1_000)
        #expect(fine.corner == coarse.corner)
        #expect(fine.coordinate.distance(to: coarse.coordinate) < 1)
    }

    @Test func theMetroStops() {
        var walk = DemoWalk(pace: .metro, start: .init(avenue: 4, street: 33), seed: 3)
        var standing = 0
        for _ in 0..<600 {
            let before = walk.coordinate
            walk.advance(seconds: 1)
            if before == walk.coordinate {
                standing += 1
                #expect(DemoCity.metroStops.contains(walk.corner.street))
            }
        }
        #expect(standing >= 19)
    }

    @Test func theSameSeedIsTheSameWalk() {
        var (one, other) = (DemoWalk(pace: .walking, seed: 5), DemoWalk(pace: .walking, seed: 5))
        let another = DemoWalk(pace: .walking, seed: 6)
        #expect(one.coordinate == other.coordinate)
        #expect(one.coordinate != another.coordinate)
        one.advance(seconds: 500)
        other.advance(seconds: 500)
        #expect(one.coordinate == other.coordinate)
    }
}
