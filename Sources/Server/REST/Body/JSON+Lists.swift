import Channels
import Friends
import Geo

/// The pieces of which answers are made.
extension [UInt8] {
    /// `{"items":[…],"next":…}`, what all lists look like.
    static func list<S: Sequence>(
        _ items: S, next: String?, _ write: (inout [UInt8], S.Element) -> Void
    ) -> [UInt8] {
        var json: [UInt8] = []
        json.append(json: "{")
        json.append(items: items, next: next, write)
        json.append(json: "}")
        return json
    }

    /// The two members of a list, without the braces.
    mutating func append<S: Sequence>(items: S, next: String?, _ write: (inout [UInt8], S.Element) -> Void) {
        append(json: #""items":["#)
        var isFirst = true
        for item in items {
            if !isFirst { append(json: ",") }
            isFirst = false
            write(&self, item)
        }
        append(json: #"],"next":"#)
        append(optional: next)
    }

    mutating func append(optional string: String?) {
        if let string { append(string: string) } else { append(json: "null") }
    }

    /// `"id":…,"name":…,"avatar_url":…`, what everyone who may see a user sees.
    mutating func append(profileOf user: User) {
        append(json: #""id":"#)
        append(string: user.id.string)
        append(json: #","name":"#)
        append(string: user.name)
        append(json: #","avatar_url":"#)
        append(optional: user.avatarURL)
    }

    /// `"lat":…,"lon":…,"ts":…`
    mutating func append(_ coordinate: Coordinate, ts: Int64) {
        append(json: #""lat":"#)
        append(degreesE7: coordinate.latitudeE7)
        append(json: #","lon":"#)
        append(degreesE7: coordinate.longitudeE7)
        append(json: #","ts":"#)
        append(integer: ts)
    }
}
