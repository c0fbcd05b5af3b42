import Foundation

/// Paths of SVG.
extension MapView {
    /// The land, cut to the map.
    ///
    /// - Parameters:
    ///   - step: what is smaller is left out, in pixels.
    ///   - overlap: how much to keep around the map, in parts of it, so that no shore is drawn along its border.
    func landPath(step: Double, overlap: Double = 0) -> String {
        let (aside, above) = ((east - west) * overlap, (north - south) * overlap)
        let clipping = RingClipping(
            west: west - aside, east: east + aside, south: south - above, north: north + above)
        return [-360.0, 0, 360].flatMap { turn in
            LandOutline.rings.map { ring in
                path(clipping.clipped(ring.map { $0.turned(by: turn) }), step: step)
            }
        }.joined()
    }

    /// Lines that may cross the antimeridian; what lies outside of the map is for the viewer to cut.
    func paths(_ rings: [[MapPoint]]) -> String {
        [-360.0, 0, 360].flatMap { turn in
            rings.map { path($0.map { $0.turned(by: turn) }, step: 0.1) }
        }.joined()
    }

    /// Empty if nothing of it is left to see.
    private func path(_ points: [MapPoint], step: Double) -> String {
        var corners: [String] = []
        for point in points {
            let corner = "\(rounded(x(point.longitude), to: step)) \(rounded(y(point.latitude), to: step))"
            if corner != corners.last { corners.append(corner) }
        }
        guard corners.count > 2 else { return "" }
        return "M\(corners.joined(separator: "L"))Z"
    }

    private func rounded(_ number: Double, to step: Double) -> String {
        // Through whole numbers, so that 0.1 times something does not show its last bits.
        let perPixel = (1 / step).rounded()
        return ((number * perPixel).rounded() / perPixel).plainText
    }
}

extension MapPoint {
    fileprivate func turned(by degrees: Double) -> MapPoint {
        MapPoint(longitude: longitude + degrees, latitude: latitude)
    }
}
