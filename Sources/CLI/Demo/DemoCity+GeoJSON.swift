import Geo

/// The streets as a map draws them.
extension DemoCity {
    /// One line a street and avenue, with its name.
    static var geoJSON: String {
        let last = avenues.count - 1
        let streets = streets.map { street in
            line(Corner(avenue: 0, street: street), Corner(avenue: last, street: street), "street", "\(street)")
        }
        let avenues = avenues.indices.map { avenue in
            line(
                Corner(avenue: avenue, street: Self.streets.lowerBound),
                Corner(avenue: avenue, street: Self.streets.upperBound), "avenue", Self.avenues[avenue].name)
        }
        return #"{"type":"FeatureCollection","features":["# + (streets + avenues).joined(separator: ",") + "]}"
    }

    private static func line(_ start: Corner, _ end: Corner, _ kind: String, _ name: String) -> String {
        let points = [start, end].map { corner in
            let place = coordinate(x: corner.x, y: corner.y)
            return "[\(place.longitude),\(place.latitude)]"
        }
        return #"{"type":"Feature","properties":{"kind":"\#(kind)","name":"\#(name)"},"#
            + #""geometry":{"type":"LineString","coordinates":[\#(points.joined(separator: ","))]}}"#
    }
}
