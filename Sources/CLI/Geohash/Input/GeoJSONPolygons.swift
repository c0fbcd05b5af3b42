import Foundation
import Geo

/// The polygons of a GeoJSON document (RFC 7946): of a Polygon, a MultiPolygon, a GeometryCollection, a Feature or a
/// FeatureCollection. Features without a geometry are skipped; any other geometry is a fault.
struct GeoJSONPolygons: Decodable {
    /// The polygons' rings of positions: longitude, latitude, and perhaps more.
    let polygons: [[[[Double]]]]

    private enum Key: String, CodingKey {
        case type, coordinates, geometry, geometries, features
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let type = try container.decode(String.self, forKey: .type)
        switch type {
        case "Polygon":
            polygons = [try container.decode([[[Double]]].self, forKey: .coordinates)]
        case "MultiPolygon":
            polygons = try container.decode([[[[Double]]]].self, forKey: .coordinates)
        case "Feature":
            polygons = try container.decodeIfPresent(GeoJSONPolygons.self, forKey: .geometry)?.polygons ?? []
        case "FeatureCollection":
            polygons = try container.decode([GeoJSONPolygons].self, forKey: .features).flatMap(\.polygons)
        case "GeometryCollection":
            polygons = try container.decode([GeoJSONPolygons].self, forKey: .geometries).flatMap(\.polygons)
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: container, debugDescription: "`\(type)` is no Polygon or MultiPolygon")
        }
    }
}

extension GeoJSONPolygons {
    /// The largest file, in bytes.
    static let maximumBytes = 64 * 1_024 * 1_024

    /// Reads a file: what it covers, and the same as rings for a map.
    static func read(_ path: String) throws(GeohashFailure) -> (region: MultiPolygon, outline: [[MapPoint]]) {
        let data = try contents(of: path)
        let document: GeoJSONPolygons
        do {
            document = try JSONDecoder().decode(GeoJSONPolygons.self, from: data)
        } catch let error as DecodingError {
            throw GeohashFailure("\(path): \(Self.reason(error))")
        } catch {
            throw GeohashFailure("\(path): is not JSON")
        }
        do {
            return (try document.region(), document.outline)
        } catch {
            throw GeohashFailure("\(path): \(error)")
        }
    }

    private static func contents(of path: String) throws(GeohashFailure) -> Data {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw GeohashFailure("\(path): \(String(cString: strerror(errno)))")
        }
        guard let data = try? file.read(upToCount: maximumBytes + 1) ?? Data() else {
            throw GeohashFailure("\(path): cannot be read")
        }
        guard data.count <= maximumBytes else {
            throw GeohashFailure("\(path): is longer than \(maximumBytes) bytes")
        }
        return data
    }

    private func region() throws -> MultiPolygon {
        try MultiPolygon(
            polygons: polygons.map { rings in
                try rings.map { ring in
                    try ring.map { position in
                        guard position.count >= 2 else { throw GeohashFailure("a position has less than two numbers") }
                        return Polygon.Position(longitude: position[0], latitude: position[1])
                    }
                }
            })
    }

    /// Longitudes go on across the antimeridian: no step is longer than half a turn.
    private var outline: [[MapPoint]] {
        polygons.joined().map { ring in
            var last = ring.first?[0] ?? 0
            return ring.map { position in
                last += remainder(position[0] - last, 360)
                return MapPoint(longitude: last, latitude: position[1])
            }
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "is no GeoJSON of polygons: there is no `\(key.stringValue)`"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "is not JSON" : "is no GeoJSON of polygons: \(context.debugDescription)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "is no GeoJSON of polygons: `\(context.codingPath.filter { $0.intValue == nil }.last?.stringValue ?? "")` "
                + "is not what it must be"
        @unknown default: "is no GeoJSON of polygons"
        }
    }
}
