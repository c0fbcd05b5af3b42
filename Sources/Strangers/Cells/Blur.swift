public import Geo

/// Makes blurred cells: the only way from a position to what strangers may learn of it.
///
/// The cell is the finest of the configured precisions whose narrowest side is long enough at the
/// cell's own latitude, so it does not shrink towards the poles. It is held until its owner is 10 %
/// of the cell's size past its edge, so that someone at an edge does not show it by going to and fro.
///
/// The cells of all precisions nest, and a coarser one is held longer: whoever leaves a cell leaves
/// at each precision by that precision's own share, so a user who is published coarsely crosses no edge
/// sooner than the coarse cell allows. While a coarse cell is held, the finer ones are chosen at its edge, next to
/// the position. So that nobody is shown far away for that, the way past an edge is never more
/// than one blurred cell: that is less than 10 % only for precision 4 around a precision of 6.
public struct Blur: Sendable {
    /// The configured precisions, ascending.
    let precisions: [Int]
    /// Metres.
    let minimumSide: Double

    public init(_ settings: StrangerSettings) {
        precisions = settings.precisions
        minimumSide = settings.minimumSide
    }

    /// The blurred cell of a position.
    ///
    /// - Parameter held: the cell that the user had before, if any.
    /// - Returns: `nil` where even the coarsest configured cell is too narrow, which is next to a pole.
    public func cell(of coordinate: Coordinate, holding held: BlurredCell?) -> BlurredCell? {
        var position = coordinate
        var cell: BlurredCell?
        for precision in precisions {
            let finer =
                held.flatMap { hold($0.geohash, at: precision, near: position) }
                ?? Geohash(position, precision: precision)
            guard min(finer.narrowestWidth, finer.height) >= minimumSide else { break }
            cell = BlurredCell(finer)
            position = finer.nearest(to: position)
        }
        return cell
    }

    /// The ancestor of the held cell, if the position is in it or not far enough past its edge.
    private func hold(_ held: Geohash, at precision: Int, near position: Coordinate) -> Geohash? {
        guard precision <= held.precision else { return nil }
        let cell = held.parent(precision: precision)
        if cell.contains(position) { return cell }
        let (size, smallest) = (cell.box, held.box)
        let past = size.degreesPast(position)
        let height = min(StrangerLimits.hysteresis * (size.north - size.south), smallest.north - smallest.south)
        let width = min(StrangerLimits.hysteresis * (size.east - size.west), smallest.east - smallest.west)
        return past.latitude < height && past.longitude < width ? cell : nil
    }
}

extension GeohashBox {
    /// How far a position is outside, in degrees; 0 along an axis on which it is inside.
    fileprivate func degreesPast(_ position: Coordinate) -> (latitude: Double, longitude: Double) {
        let latitude = max(south - position.latitude, position.latitude - north, 0)
        return (latitude, westward(of: position) < 0 ? 0 : min(westward(of: position), eastward(of: position)))
    }

    /// Degrees from the west border to a position west of it, 0 ..< 360; negative if the position is between
    /// the borders.
    private func westward(of position: Coordinate) -> Double {
        if west <= position.longitude, position.longitude <= east { return -1 }
        let degrees = west - position.longitude
        return degrees < 0 ? degrees + 360 : degrees
    }

    private func eastward(of position: Coordinate) -> Double {
        let degrees = position.longitude - east
        return degrees < 0 ? degrees + 360 : degrees
    }
}

extension Geohash {
    /// The position itself if it is in the cell, otherwise the one in the cell that is next to it along
    /// both axes.
    fileprivate func nearest(to position: Coordinate) -> Coordinate {
        if contains(position) { return position }
        // A cell does not own its north and east borders: a ten-millionth of a degree or two decides.
        let inset = 2e-7
        let box = box
        let latitude = min(max(position.latitude, box.south + inset), box.north - inset)
        let longitude = box.nearestLongitude(to: position.longitude, inset: inset)
        return Coordinate(latitude: latitude, longitude: longitude) ?? center
    }
}

extension GeohashBox {
    fileprivate func nearestLongitude(to longitude: Double, inset: Double) -> Double {
        if west...east ~= longitude { return min(max(longitude, west + inset), east - inset) }
        let westward = west - longitude
        let eastward = longitude - east
        let isWest = (westward < 0 ? westward + 360 : westward) < (eastward < 0 ? eastward + 360 : eastward)
        return isWest ? west + inset : east - inset
    }
}
