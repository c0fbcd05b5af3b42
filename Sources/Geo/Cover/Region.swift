/// An area of the Earth that cells can cover: a ``Disc``, a ``BoundingBox``, a ``Polygon``, a ``MultiPolygon``,
/// or a type of your own.
///
/// A region is closed: the points of its border belong to it. A point on the antimeridian is the same point
/// under longitude 180 and -180, and its cells on both sides belong to a cover.
public protocol Region: Sendable {
    /// How a cell lies to this region.
    ///
    /// A cell owns its south and west borders, and the last row and column own latitude 90 and longitude 180;
    /// so a region that only touches the north or east border of a cell is outside. Where rounding leaves it
    /// open, the answer is `.partial`: a wrong `.outside` would make a cover miss a point, and a wrong
    /// `.inside` would make it too large.
    func relation(to box: GeohashBox) -> RegionRelation

    /// The area in square metres, on the sphere of ``Earth/meanRadius``; 0 for a point or a line.
    var squareMetres: Double { get }
}
