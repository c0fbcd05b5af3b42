import Foundation
import Geo

/// The rim of a disc as a ring of points.
enum DiscOutline {
    private static let points = 120

    /// `nil` if the disc holds a pole: on a map its rim is then no ring.
    static func ring(_ disc: Disc) -> [MapPoint]? {
        let angle = disc.metres / Earth.meanRadius
        let latitude = disc.center.latitude * .pi / 180
        guard abs(latitude) + angle < .pi / 2 else { return nil }
        return (0..<points).map { index in
            let bearing = Double(index) / Double(points) * 2 * .pi
            let sine = sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(bearing)
            let difference = atan2(sin(bearing) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sine)
            return MapPoint(
                longitude: disc.center.longitude + difference * 180 / .pi, latitude: asin(sine) * 180 / .pi)
        }
    }
}
