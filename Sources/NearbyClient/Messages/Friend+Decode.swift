import Geo

extension FriendsPage {
    static func message(_ reader: inout JSONReader) throws(JSONError) -> ServerMessage {
        var (items, next, seq): ([Friend]?, String?, Int64?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "items": items = try reader.array(Friend.init)
            case "next": next = try reader.optionalString()
            case "seq": seq = try reader.integer()
            default: try reader.skipOther(key)
            }
        }
        return .page(FriendsPage(items: try reader.required(items), next: next), seq: seq)
    }

    /// The page within a welcome, which also counts.
    static func read(_ reader: inout JSONReader, total: inout Int64?) throws(JSONError) -> FriendsPage {
        var (items, next, count): ([Friend]?, String?, Int64?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "items": items = try reader.array(Friend.init)
            case "next": next = try reader.optionalString()
            case "total": count = try reader.integer()
            default: try reader.skip()
            }
        }
        total = count
        return FriendsPage(items: try reader.required(items), next: next)
    }
}

extension Friend {
    init(_ reader: inout JSONReader) throws(JSONError) {
        var (id, name, avatar): (String?, String?, String?)
        var (latitude, longitude, timestamp, distance): (Double?, Double?, Int64?, Double?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "id": id = try reader.string()
            case "name": name = try reader.optionalString()
            case "avatar_url": avatar = try reader.optionalString()
            case "lat": latitude = try reader.double()
            case "lon": longitude = try reader.double()
            case "ts": timestamp = try reader.integer()
            case "distance_m": distance = try reader.double()
            default: try reader.skip()
            }
        }
        let fix = Fix(
            position: try Coordinate(latitude, longitude, in: reader), timestamp: try reader.required(timestamp))
        self.init(
            id: try reader.required(id), profile: name.map { Profile(name: $0, avatarURL: avatar) }, fix: fix,
            distance: try reader.required(distance))
    }
}

extension FriendGone {
    init(_ reader: inout JSONReader) throws(JSONError) {
        var (id, reason): (String?, String?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "id": id = try reader.string()
            case "reason": reason = try reader.string()
            default: try reader.skip()
            }
        }
        self.init(id: try reader.required(id), reason: Reason(rawValue: try reader.required(reason)))
    }
}
