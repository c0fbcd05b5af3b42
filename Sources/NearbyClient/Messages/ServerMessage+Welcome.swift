extension ServerMessage.Welcome {
    static func message(_ reader: inout JSONReader) throws(JSONError) -> ServerMessage {
        var (user, session, version, seq): (String?, String?, Int64?, Int64?)
        var (sharing, radius, staleAfter, updateEvery): (Bool?, Double?, Double?, Double?)
        var (total, friends, strangers): (Int64?, FriendsPage?, StrangersStatus?)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "user": user = try reader.string()
            case "session": session = try reader.string()
            case "protocol": version = try reader.integer()
            case "seq": seq = try reader.integer()
            case "sharing": sharing = try reader.bool()
            case "radius_m": radius = try reader.double()
            case "stale_after_s": staleAfter = try reader.double()
            case "update_every_s": updateEvery = try reader.double()
            case "friends": friends = try FriendsPage.read(&reader, total: &total)
            case "strangers": strangers = try StrangersStatus.read(&reader)
            default: try reader.skipOther(key)
            }
        }
        let welcome = Self(
            user: try reader.required(user), session: try reader.required(session),
            protocolVersion: try reader.required(version), sharing: try reader.required(sharing),
            radius: try reader.required(radius), staleAfter: try reader.required(staleAfter),
            updateEvery: try reader.required(updateEvery), friendsTotal: try reader.required(total),
            friends: try reader.required(friends), strangers: try reader.required(strangers))
        return .welcome(welcome, seq: seq)
    }
}
