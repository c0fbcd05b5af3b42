import Foundation
import Geo

/// Which part of the Earth a map shows, and where on the map a position is: an equirectangular projection that is true to
/// scale in both directions in the middle of the map.
///
/// Towards a pole cells become so narrow that there would be nothing to see. There the map is stretched from east to west
/// until it is ``leastAspect`` as wide as high, and ``stretch`` says by how much.
struct MapView {
    /// Width by height.
    static let leastAspect = 0.75
    private static let greatestAspect = 2.5
    /// What is shown around the cells, in parts of their larger extent.
    private static let margin = 0.12

    /// In degrees; the longitudes may go beyond ±180.
    let west: Double
    let east: Double
    let south: Double
    let north: Double
    /// In pixels.
    let width: Double
    let height: Double
    /// How many times wider than true things in the middle are.
    let stretch: Double

    /// The whole Earth.
    static func world(width: Double) -> MapView {
        MapView(west: -180, east: 180, south: -90, north: 90, width: width, height: width / 2, stretch: 1)
    }

    /// A map of some cells and what is around them, as large as fits into a square.
    ///
    /// - Parameter side: of the square, in pixels.
    static func around(_ boxes: [GeohashBox], side: Double) -> MapView {
        let span = LongitudeSpan(of: boxes)
        let (south, north) = (boxes.map(\.south).min()!, boxes.map(\.north).max()!)
        let shrinking = max(cos((south + north) / 2 * .pi / 180), .leastNonzeroMagnitude)
        let trueAspect = span.width * shrinking / (north - south)
        let aspect = max(trueAspect, leastAspect)
        // In degrees of latitude.
        let border = margin * max(north - south, min(aspect, greatestAspect) * (north - south))
        let borderLongitude = min(border / (aspect * (north - south)) * span.width, (360 - span.width) / 2)
        let (bottom, top) = (max(-90, south - border), min(90, north + border))
        let (degreesWide, degreesHigh) = (span.width + 2 * borderLongitude, top - bottom)
        let shownAspect = degreesWide / span.width * aspect * (north - south) / degreesHigh
        return MapView(
            west: span.west - borderLongitude, east: span.west + span.width + borderLongitude, south: bottom,
            north: top,
            width: side * min(1, shownAspect), height: side / max(1, shownAspect), stretch: aspect / trueAspect)
    }

    func x(_ longitude: Double) -> Double { (longitude - west) / (east - west) * width }

    func y(_ latitude: Double) -> Double { (north - latitude) / (north - south) * height }

    /// The same meridian within a turn from the west border on.
    func unwrapped(_ longitude: Double) -> Double {
        longitude + 360 * ((west - longitude) / 360).rounded(.up)
    }

    /// How many pixels wide a metre is on the parallel in the middle; 0 or more.
    var pixelsPerMetre: Double {
        let degree = width / (east - west)
        return degree / (GeohashBox.metresPerDegree * max(cos((south + north) / 2 * .pi / 180), 1e-12))
    }
}
