import Testing

@testable import Geo

/// Rings around the Earth, which have a pole inside.
@Suite struct PolarPolygonTests {
    @Test func `a ring around a pole holds all between it and the pole`() throws {
        var random = SeededRandom(seed: 90)
        for _ in 0..<12 {
            let isSouthern = Bool.random(using: &random)
            let isReversed = Bool.random(using: &random)
            let shift = Double.random(in: -180...180, using: &random)
            let count = Int.random(in: 3...30, using: &random)
            var ring: [(longitude: Double, latitude: Double)] = []
            for index in 0..<count {
                let latitude = Double.random(in: 30...89, using: &random) * (isSouthern ? -1 : 1)
                ring.append((shift + Double(index) * 360 / Double(count), latitude))
            }
            ring.append((shift + 360, ring[0].latitude))
            var positions = ring.map {
                Polygon.Position(longitude: StarShape.wrapped($0.longitude), latitude: $0.latitude)
            }
            positions[count] = positions[0]
            if isReversed { positions.reverse() }
            let polygon = try Polygon(rings: [positions])
            let cover = try polygon.cover(precision: 3)
            let finest = try polygon.cover(cells: 100)
            for _ in 0..<200 {
                let longitude = Double.random(in: shift...(shift + 360), using: &random)
                let edge = zip(ring, ring.dropFirst()).first { $1.longitude >= longitude }!
                let share = (longitude - edge.0.longitude) / (edge.1.longitude - edge.0.longitude)
                let border = edge.0.latitude + share * (edge.1.latitude - edge.0.latitude)
                let latitude = random.latitude()
                let place = Geohash(
                    latitude: latitude, longitude: StarShape.wrapped(longitude), precision: 12)!
                let isInside = isSouthern ? latitude <= border : latitude >= border
                if isInside {
                    #expect(cover.contains(place) && finest.contains(place))
                } else {
                    #expect(polygon.relation(to: place.parent(precision: 8).box) != .inside)
                }
            }
        }
    }

    /// As most maps draw it (along the pole), and in three ways without.
    @Test func `Antarctica is the same however it is closed`() throws {
        let coast = [(-180.0, -80.0), (-90, -70), (0, -65), (90, -68), (180, -80)]
        let onEdge = (10.0, -65 - 1.0 / 3)
        let ways: [[(Double, Double)]] = [
            coast + [(180, -90), (-180, -90), (-180, -80)],
            coast.dropLast() + [(-180, -80)],
            coast,
            [onEdge, (90, -68), (180, -80), (-90, -70), (0, -65), onEdge],
        ]
        let first = try polygon(ways[0])
        for way in ways {
            let polygon = try polygon(way)
            #expect((polygon.squareMetres / first.squareMetres - 1).magnitude < 1e-12)
            #expect(polygon.relation(to: Geohash(latitude: -90, longitude: 77, precision: 4)!.box) == .inside)
            #expect(polygon.relation(to: Geohash(latitude: -85, longitude: 180, precision: 4)!.box) == .inside)
            #expect(polygon.relation(to: Geohash(latitude: -60, longitude: 0, precision: 4)!.box) == .outside)
        }
        for way in ways[0...2] {
            #expect(try polygon(way).cover(precision: 3).cells == first.cover(precision: 3).cells)
        }
    }

    @Test func `a band between two rings around the Earth is what lies between`() throws {
        for (outer, hole) in [(-20.0, 20.0), (20, -20), (50, 70), (-70, -50)] {
            let polygon = try Polygon(rings: [around(outer), around(hole)])
            let (south, north) = (min(outer, hole), max(outer, hole))
            let box = try #require(BoundingBox(south: south, west: -180, north: north, east: 180))
            #expect(try polygon.cover(precision: 3).cells == box.cover(precision: 3).cells)
            #expect((polygon.squareMetres / box.squareMetres - 1).magnitude < 1e-12)
        }
    }

    @Test func `a ring along the equator holds the north pole`() throws {
        let polygon = try Polygon(rings: [around(0)])
        #expect(polygon.relation(to: Geohash(latitude: 10, longitude: 10, precision: 2)!.box) == .inside)
        #expect(polygon.relation(to: Geohash(latitude: -30, longitude: 10, precision: 2)!.box) == .outside)
    }

    @Test func `an edge around the whole Earth borders on an area`() throws {
        let polygon = try polygon([(-180, 0), (180, 0), (90, 20), (0, 10), (-90, 20), (-180, 0)])
        #expect(polygon.relation(to: Geohash(latitude: 5, longitude: 0, precision: 4)!.box) == .inside)
        #expect(polygon.relation(to: Geohash(latitude: 12, longitude: 0, precision: 4)!.box) == .outside)
        #expect(polygon.relation(to: Geohash(latitude: 80, longitude: 0, precision: 4)!.box) == .outside)
        #expect(polygon.relation(to: Geohash(latitude: -5, longitude: 0, precision: 4)!.box) == .outside)
    }

    private func around(_ latitude: Double) -> [Polygon.Position] {
        [0, 120, -120, 0].map { Polygon.Position(longitude: $0, latitude: latitude) }
    }

    private func polygon(_ positions: [(Double, Double)]) throws -> Polygon {
        try Polygon(rings: [positions.map { Polygon.Position(longitude: $0, latitude: $1) }])
    }
}
