import Geo
import Testing

@testable import CLI

/// What stands behind the cells in pictures.
@Suite struct MapTests {
    private func boxes(_ texts: String...) -> [GeohashBox] { texts.map { Geohash($0)!.box } }

    /// West and width.
    private func span(_ texts: String...) -> [Double] {
        let span = LongitudeSpan(of: texts.map { Geohash($0)!.box })
        return [span.west, span.width]
    }

    @Test func spansOfLongitude() {
        #expect(span("s") == [0, 45])
        #expect(span("e", "s") == [-45, 90])
        #expect(span("x", "8") == [135, 90])
        #expect(span("8", "9") == [-180, 90])
        #expect(span("w", "x") == [90, 90])
        #expect(span("8", "9", "d", "e", "s", "t", "w", "x")[1] == 360)
        #expect(span("8", "s") == [-180, 225])
    }

    @Test func theLand() {
        #expect(LandOutline.rings.count == 128)
        #expect(LandOutline.rings.allSatisfy { $0.count >= 3 })
        #expect(LandOutline.rings.joined().allSatisfy { abs($0.longitude) <= 180 && abs($0.latitude) <= 90 })
        for (name, latitude, longitude, isLand) in [
            ("Berlin", 52.5, 13.4, true), ("Nairobi", -1.3, 36.8, true), ("Alice Springs", -23.7, 133.9, true),
            ("the Atlantic", 30, -40, false), ("the Caspian Sea", 42, 50.5, false), ("the south pole", -89.0, 0, true),
            ("the north pole", 89, 0, false),
        ] {
            #expect(Self.isLand(latitude, longitude) == isLand, "\(name)")
        }
    }

    /// Even-odd, by a ray to the east.
    private static func isLand(_ latitude: Double, _ longitude: Double) -> Bool {
        var isInside = false
        for ring in LandOutline.rings {
            for (start, end) in zip(ring, ring.dropFirst() + ring.prefix(1))
            where (start.latitude > latitude) != (end.latitude > latitude) {
                let part = (latitude - start.latitude) / (end.latitude - start.latitude)
                if start.longitude + part * (end.longitude - start.longitude) > longitude { isInside.toggle() }
            }
        }
        return isInside
    }

    @Test func ringsAreCut() {
        let clipping = RingClipping(west: 0, east: 10, south: 0, north: 10)
        func ring(_ corners: (Double, Double)...) -> [MapPoint] {
            corners.map { MapPoint(longitude: $0.0, latitude: $0.1) }
        }
        #expect(clipping.clipped(ring((1, 1), (5, 1), (5, 5))) == ring((1, 1), (5, 1), (5, 5)))
        #expect(clipping.clipped(ring((11, 11), (15, 11), (15, 15))).isEmpty)
        #expect(clipping.clipped([]).isEmpty)
        let cut = clipping.clipped(ring((-5, 2), (5, 2), (5, 4), (-5, 4)))
        #expect(Set(cut.map { "\($0.longitude) \($0.latitude)" }) == ["0.0 2.0", "5.0 2.0", "5.0 4.0", "0.0 4.0"])
        // A frame around all of it is all of it.
        #expect(clipping.clipped(ring((-5, -5), (20, -5), (20, 20), (-5, 20))).count == 4)
    }

    @Test func scaleInTheMiddle() {
        let view = MapView.around(boxes("u33", "u32"), side: 500)
        #expect(view.stretch == 1)
        #expect(max(view.width, view.height) == 500)
        // As many pixels a metre upwards as sideways.
        let upward = view.height / ((view.north - view.south) * GeohashBox.metresPerDegree)
        #expect(abs(view.pixelsPerMetre / upward - 1) < 0.01)
        let polar = MapView.around(boxes("zzzz", "bpbp"), side: 500)
        #expect(polar.stretch > 10)
        #expect(polar.north == 90 && polar.west > 179 && polar.east > 180)
        #expect(polar.unwrapped(-179.9) == 180.1)
        #expect(MapView.around(boxes("8", "9", "d", "e", "s", "t", "w", "x", "0"), side: 500).east <= 180)
    }

    @Test func scaleBars() {
        #expect(ScaleBar.metres(atMost: 999) == 500)
        #expect(ScaleBar.metres(atMost: 1_000) == 1_000)
        #expect(ScaleBar.metres(atMost: 4_999) == 2_000)
        #expect([0.005, 0.02, 5, 2_000].map(ScaleBar.text) == ["5 mm", "2 cm", "5 m", "2 km"])
    }
}
