/// All points within a great-circle distance of a centre, the rim included.
///
/// A disc may hold a pole or reach around it, cross the antimeridian, and be as large as the Earth. It is taken
/// 10 µm larger when it is said what is outside, so that rounding never leaves out a point of the rim; so a
/// cover may have a cell that the rim misses by less.
///
/// With radius 0 it is one point and meets one cell, also where cells border on each other. Only on the
/// antimeridian and at a pole, where one place has several longitudes, it meets the cells of all of them.
public struct Disc: Region, Hashable {
    /// The largest radius, half the circumference of the sphere, in metres: such a disc is the whole Earth.
    public static let maximumMetres = Earth.halfCircumference

    /// How much larger the disc is taken for what is outside, in metres. Sums in metres are right to a
    /// micrometre, so this is plenty.
    private static let toleranceMetres = 0.000_01

    /// Latitude of the middle, in degrees, exactly as given.
    public let latitude: Double

    /// Longitude of the middle, in degrees, exactly as given.
    public let longitude: Double

    /// The radius in metres, 0 to ``maximumMetres``.
    public let metres: Double

    /// The centre, or its antipode for a disc that is more than half of the Earth.
    private let viewpoint: Viewpoint
    private let isMoreThanHalf: Bool
    /// The haversine of the radius from ``viewpoint``, and of the one with the tolerance.
    private let rim: Double
    private let outerRim: Double

    /// - Parameter metres: the radius.
    /// - Returns: `nil` unless the radius is a number from 0 to ``maximumMetres``.
    public init?(center: Coordinate, metres: Double) {
        self.init(latitude: center.latitude, longitude: center.longitude, metres: metres)
    }

    /// A disc around a position in degrees, without rounding it to the steps of ``Coordinate`` first.
    ///
    /// - Parameter metres: the radius.
    /// - Returns: `nil` unless the latitude is within ±90, the longitude within ±180, and the radius a number from 0 to
    ///   ``maximumMetres``.
    public init?(latitude: Double, longitude: Double, metres: Double) {
        guard latitude.magnitude <= Coordinate.maximumLatitude, longitude.magnitude <= Coordinate.maximumLongitude,
            0...Self.maximumMetres ~= metres
        else { return nil }
        self.latitude = latitude
        self.longitude = longitude
        self.metres = metres
        let origin = Viewpoint(latitude: latitude, longitude: longitude)
        isMoreThanHalf = metres > Self.maximumMetres / 2
        viewpoint = isMoreThanHalf ? origin.antipode : origin
        let radius = isMoreThanHalf ? Self.maximumMetres - metres : metres
        let tolerance = isMoreThanHalf ? -Self.toleranceMetres : Self.toleranceMetres
        rim = Earth.chordSquared(metres: radius) / 4
        outerRim = Earth.chordSquared(metres: radius + tolerance) / 4
    }

    /// The middle of the disc, rounded to the steps of ``Coordinate``.
    public var center: Coordinate {
        // In range since it was given.
        Coordinate(latitude: latitude, longitude: longitude)!
    }

    /// The area of the spherical cap, in square metres.
    public var squareMetres: Double {
        .pi * Earth.meanRadius * Earth.meanRadius * Earth.chordSquared(metres: metres)
    }

    /// How a cell lies to this disc. About 0.1 µs.
    public func relation(to box: GeohashBox) -> RegionRelation {
        if metres == 0 { return box.owns(latitude, longitude) ? .partial : .outside }
        if isMoreThanHalf {
            if viewpoint.farthest(of: box) < outerRim { return .outside }
            return viewpoint.nearest(of: box) >= rim ? .inside : .partial
        }
        if viewpoint.nearest(of: box) > outerRim { return .outside }
        return viewpoint.farthest(of: box) <= rim ? .inside : .partial
    }
}

extension GeohashBox {
    /// Whether a place, under any of its longitudes, is in the cell with these borders.
    fileprivate func owns(_ latitude: Double, _ longitude: Double) -> Bool {
        guard south <= latitude, latitude < north || latitude == Coordinate.maximumLatitude && latitude == north
        else { return false }
        if latitude.magnitude == Coordinate.maximumLatitude { return true }
        if longitude.magnitude == Coordinate.maximumLongitude {
            return west == -Coordinate.maximumLongitude || east == Coordinate.maximumLongitude
        }
        return west <= longitude && longitude < east
    }
}
