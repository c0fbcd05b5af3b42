extension ServerMessage.Updates {
    init(_ reader: inout JSONReader) throws(JSONError) {
        var updates = Self()
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "friends": updates.friends = try reader.array(Friend.init)
            case "friends_gone": updates.friendsGone = try reader.array(FriendGone.init)
            case "friends_total": updates.friendsTotal = try reader.integer()
            case "strangers": updates.strangers = try reader.array(Stranger.init)
            case "strangers_gone": updates.strangersGone = try reader.array(Stranger.gone)
            default: try reader.skipOther(key)
            }
        }
        self = updates
    }
}
