import Foundation
import Geo

/// Lengths on the sphere of `Earth.meanRadius`.
extension GeohashBox {
    static let metresPerDegree = Earth.meanRadius * .pi / 180

    /// The length of a parallel from border to border, in metres; 0 at a pole.
    func width(atLatitude latitude: Double) -> Double {
        latitude.magnitude == 90 ? 0 : Self.metresPerDegree * (east - west) * cos(latitude * .pi / 180)
    }

    /// The width halfway between the south and north borders, in metres.
    var middleWidth: Double { width(atLatitude: center.latitude) }

    /// From the south border to the north border, in metres.
    var height: Double { Self.metresPerDegree * (north - south) }
}
