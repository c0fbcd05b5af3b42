/// Finding sessions by their user.
extension Shard {
    /// When the server received the newest location of a channel's user, monotonic milliseconds.
    public func heard(ofChannel channel: UInt32) -> Int64 { channels[Int(channel)].heard }

    /// The friends of a session as far as it was told: those it follows, and those it does not want to follow.
    public func friends(of session: UInt32) -> [UserIndex] {
        followed(by: session) + (rarities[session]?.muted ?? [])
    }

    /// The users whose sessions on this shard have `user` as a friend.
    public func followers(of user: UserIndex) -> Set<UserIndex> {
        var found = rarities.filter { $0.value.muted.contains(user) }.map(\.key)
        let channel = channelOfUser[user]
        if channel != 0, let subscribers = channels[Int(channel)].subscribers {
            found += (0..<Int(channels[Int(channel)].subscriberCount)).map { subscribers[$0].session }
        }
        return Set(found.map { channels[Int(sessions[Int($0)].channel)].user })
    }

    /// The sessions that a user has on this shard, newest first.
    public func sessions(of user: UserIndex) -> [UInt32] {
        var found: [UInt32] = []
        let channel = channelOfUser[user]
        guard channel != 0 else { return [] }
        var session = channels[Int(channel)].ownSessions
        while session != 0 {
            found.append(session)
            session = sessions[Int(session)].nextOwn
        }
        return found
    }
}
