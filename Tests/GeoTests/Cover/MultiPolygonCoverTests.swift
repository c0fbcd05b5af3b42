import Testing

@testable import Geo

@Suite struct MultiPolygonCoverTests {
    @Test func `a cover holds every point of each polygon, and no cell that meets none`() throws {
        var random = SeededRandom(seed: 85)
        for _ in 0..<12 {
            var stars: [StarShape] = []
            for _ in 0..<Int.random(in: 1...20, using: &random) { stars.append(StarShape(&random)) }
            let polygons = try stars.map { try $0.polygon(isWrapped: true, isReversed: false) }
            let region = MultiPolygon(polygons)
            guard let (cover, precision) = region.randomCover(&random) else { continue }
            for star in stars {
                for _ in 0..<40 {
                    let (longitude, latitude) = star.borderPoint(&random)
                    let cell = Geohash(latitude: latitude, longitude: longitude, precision: precision)!
                    #expect(cover.contains(cell))
                }
            }
            for cell in cover.cells.shuffled(using: &random).prefix(50) {
                #expect(polygons.contains { $0.relation(to: cell.box) != .outside })
            }
            let sum = polygons.reduce(0) { $0 + $1.squareMetres }
            #expect((region.squareMetres / sum - 1).magnitude < 1e-12)
        }
    }
}
