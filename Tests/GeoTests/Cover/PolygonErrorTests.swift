import Geo
import Testing

@Suite struct PolygonErrorTests {
    private let square = [(0.0, 0.0), (1, 0), (1, 1), (0, 1), (0, 0)]

    private func failure(_ rings: [[(Double, Double)]]) -> PolygonError? {
        do throws(PolygonError) {
            _ = try Polygon(rings: rings.map { $0.map { Polygon.Position(longitude: $0, latitude: $1) } })
            return nil
        } catch { return error }
    }

    @Test func `rings have four positions or more`() {
        #expect(failure([[(0, 0), (1, 0), (1, 1), (0, 0)]]) == nil)
        let error = failure([square, [(0, 0), (1, 0), (0, 0)]])
        #expect(error?.reason == .tooFewPositions(count: 3) && error?.ring == 2 && error?.position == nil)
        #expect(error?.description == "ring 2: 3 positions are too few, a ring has at least 4")
        #expect(failure([[]])?.reason == .tooFewPositions(count: 0))
        #expect(failure([])?.description == "there is no ring")
    }

    @Test func `rings end where they begin`() {
        let error = failure([[(0, 0), (1, 0), (1, 1), (0, 1)]])
        #expect(error?.reason == .notClosed && error?.position == 4)
        #expect(failure([[(-180, 5), (-170, 5), (-170, 9), (180, 5)]]) == nil)
        #expect(failure([[(-180, 5), (-170, 5), (-170, 9), (180, 6)]])?.reason == .notClosed)
    }

    @Test func `latitudes are within ±90 degrees`() {
        #expect(failure([[(0, 0), (1, 0), (1, 90), (0, 0)]]) == nil)
        #expect(failure([[(0, 0), (1, 0), (1, -90), (0, 0)]]) == nil)
        for latitude in [(90.0).nextUp, -90.1, Double.nan, .infinity] {
            let error = failure([[(0, 0), (1, 0), (1, latitude), (0, 0)]])
            #expect(error?.description == "ring 1, position 3: the latitude is not within ±90 degrees")
        }
    }

    @Test func `longitudes are within ±540 degrees`() {
        #expect(failure([[(530, 0), (540, 0), (540, 1), (530, 0)]]) == nil)
        #expect(failure([[(-530, 0), (-540, 0), (-540, 1), (-530, 0)]]) == nil)
        for longitude in [(540.0).nextUp, -541, Double.nan, -Double.infinity] {
            let error = failure([square, [(0, 0), (longitude, 0), (1, 1), (0, 0)]])
            #expect(error?.description == "ring 2, position 2: the longitude is not within ±540 degrees")
        }
    }

    @Test func `rings go around the Earth once at most`() {
        let once = stride(from: 0.0, through: 360, by: 90).map { ($0, 50.0) }
        #expect(failure([once]) == nil)
        let twice = stride(from: -360.0, through: 360, by: 90).map { ($0, 50.0) }
        let error = failure([twice])
        #expect(error?.reason == .goesAroundTwice && error?.ring == 1)
        #expect(error?.description == "ring 1: it goes more than once around the Earth")
    }

    @Test func `a fault names its polygon`() {
        let square = square.map { Polygon.Position(longitude: $0, latitude: $1) }
        let error = #expect(throws: PolygonError.self) { try MultiPolygon(polygons: [[square], [square, []]]) }
        #expect(error?.description == "polygon 2, ring 2: 0 positions are too few, a ring has at least 4")
        #expect(error?.polygon == 2)
        let none = #expect(throws: PolygonError.self) { try MultiPolygon(polygons: []) }
        #expect(none?.description == "there is no polygon")
    }
}
