/// All points of some polygons. They should not overlap: otherwise what lies in several of them counts as
/// often in the area, though covers are right.
public struct MultiPolygon: Region, Hashable {
    private let polygons: [Polygon]
    private let tree: BoundsTree

    /// - Parameter polygons: one or more (precondition).
    public init(_ polygons: [Polygon]) {
        precondition(!polygons.isEmpty, "a region has at least one point")
        self.polygons = polygons
        tree = BoundsTree(polygons.map(\.bounds))
    }

    /// - Parameter polygons: for each polygon its rings as for ``Polygon/init(rings:)``.
    /// - Throws: the first fault that there is, with the number of the polygon.
    public init(polygons: [[[Polygon.Position]]]) throws(PolygonError) {
        guard !polygons.isEmpty else { throw PolygonError(.noPolygon) }
        var valid: [Polygon] = []
        for (index, rings) in polygons.enumerated() {
            do throws(PolygonError) {
                valid.append(try Polygon(rings: rings))
            } catch {
                var error = error
                error.polygon = index + 1
                throw error
            }
        }
        self.init(valid)
    }

    /// The sum of the areas of the polygons, in square metres.
    public var squareMetres: Double { polygons.reduce(0) { $0 + $1.squareMetres } }

    /// How a cell lies to the polygons. A cell that only several of them together fill is `.partial`.
    public func relation(to box: GeohashBox) -> RegionRelation {
        var relation = RegionRelation.outside
        tree.visit(where: { $0.touches(box) }) { index in
            switch polygons[index].relation(to: box) {
            case .outside: break
            case .partial: relation = .partial
            case .inside: relation = .inside
            }
            return relation != .inside
        }
        return relation
    }
}
