import Geo
import Testing

@Suite struct GeohashInsetTests {
    @Test func `nobody leaves the box within it`() {
        var random = SeededRandom(seed: 50)
        for _ in 0..<20_000 {
            let position = random.coordinate()
            let box = Geohash(position, precision: Int.random(in: 1...8, using: &random)).box
            let inset = box.inset(of: position)
            #expect(inset >= 0)
            // A coordinate is rounded to about a centimetre.
            guard inset > 0.1 else { continue }
            let other = Sphere.destination(
                from: position, angle: (inset - 0.05) / Earth.meanRadius,
                bearing: Double.random(in: 0..<(2 * .pi), using: &random))
            #expect((box.south...box.north).contains(other.latitude), "\(position) \(box)")
            #expect((box.west...box.east).contains(other.longitude), "\(position) \(box)")
        }
    }

    @Test func `it is not much less than the way to the border`() {
        var random = SeededRandom(seed: 51)
        for _ in 0..<20_000 {
            let position = Coordinate(
                latitude: Double.random(in: -70...70, using: &random),
                longitude: Double.random(in: -180...180, using: &random))!
            let box = Geohash(position, precision: Int.random(in: 4...8, using: &random)).box
            let ways = [
                Coordinate(latitude: box.south, longitude: position.longitude),
                Coordinate(latitude: box.north, longitude: position.longitude),
                Coordinate(latitude: position.latitude, longitude: box.west),
                Coordinate(latitude: position.latitude, longitude: box.east),
            ].map { position.distance(to: $0!) }
            let inset = box.inset(of: position)
            #expect(inset <= ways.min()! + 0.02)
            #expect(inset >= ways.min()! * 0.999 - 0.02)
        }
    }

    @Test func `outside it is zero`() throws {
        let box = try #require(Geohash("u173")).box
        #expect(box.inset(of: Coordinate(latitude: box.north + 0.001, longitude: box.center.longitude)!) == 0)
        #expect(box.inset(of: Coordinate(latitude: box.center.latitude, longitude: box.west - 0.001)!) == 0)
        #expect(box.inset(of: Coordinate(latitude: box.south, longitude: box.west)!) == 0)
    }
}
