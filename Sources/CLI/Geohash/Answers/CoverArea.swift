import Geo

/// What is to be covered.
enum CoverArea {
    case disc(Disc)
    case box(BoundingBox)
    case polygons(MultiPolygon)

    var region: any Region {
        switch self {
        case .disc(let disc): disc
        case .box(let box): box
        case .polygons(let polygons): polygons
        }
    }

    /// The region as rings, for a map; none for a disc with a pole in it, and polygons bring their own.
    var outline: [[MapPoint]] {
        switch self {
        case .disc(let disc): DiscOutline.ring(disc).map { [$0] } ?? []
        case .box(let box): [Self.ring(box)]
        case .polygons: []
        }
    }

    private static func ring(_ box: BoundingBox) -> [MapPoint] {
        let east = box.east < box.west ? box.east + 360 : box.east
        return [(box.west, box.south), (east, box.south), (east, box.north), (box.west, box.north)].map {
            MapPoint(longitude: $0.0, latitude: $0.1)
        }
    }
}
