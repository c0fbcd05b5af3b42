/// Finding sessions by their user.
extension Shard {
    /// When the server received the newest location of a channel's user, monotonic milliseconds.
    public func heard(ofChannel channel: UInt32) -> Int64 { channels[Int(channel)].heard }

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
