import Testing

@testable import Geo

/// The guesses in use are so good that Newton's method alone gets there; the bounds are for the pair that nobody
/// has thought of. So the search is tried with guesses that are wrong.
@Suite struct AzimuthSearchTests {
    @Test(arguments: GeodesicOracle.ways.indices)
    func `finds the way from any guess`(row: Int) throws {
        let way = GeodesicOracle.ways[row]
        let (origin, target) = try way.positions()
        let ends = GeodesicEnds(from: origin, to: target, on: .wgs84)
        guard way.metres > 10, !ends.isMeridional, !ends.isEquatorial else { return }
        for degrees in [0.001, 0.1, 10, 45, 89.999_999, 90, 90.000_001, 135, 170, 179.9, 179.999] {
            var search = AzimuthSearch(ends)
            let geodesic = search.geodesic(guess: Phase(e7: Int(degrees * 1e7)))
            #expect((geodesic.metres - way.metres).magnitude < 3e-8)
        }
    }

    /// Each ends elsewhere if Newton's method is not kept between bounds.
    @Test(
        arguments: [
            (-239, 239, 1_793_533_571, 1_000_171_102), (0, -1, 1_779_424_159, 427_699_032),
            (491_201_281, 491_200_849, 1_721_821, 1_588_190_754), (5_137, -5_137, 1_793_963_878, 1_464_795_686),
            (-66_426, 66_373, 1_787_493_072, 1_084_687_729), (-424_309, 424_309, 1_793_964_941, 573_301_602),
        ] as [(Int32, Int32, Int32, Int)])
    func `stays between its bounds`(latitudeE7: Int32, otherLatitudeE7: Int32, longitudeE7: Int32, guessE7: Int) throws
    {
        let origin = try #require(Coordinate(latitudeE7: latitudeE7, longitudeE7: 0))
        let target = try #require(Coordinate(latitudeE7: otherLatitudeE7, longitudeE7: longitudeE7))
        var search = AzimuthSearch(GeodesicEnds(from: origin, to: target, on: .wgs84))
        let geodesic = search.geodesic(guess: Phase(e7: guessE7))
        #expect((geodesic.metres - origin.exactDistance(to: target)).magnitude < 3e-8)
    }
}
