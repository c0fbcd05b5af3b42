/// Finding sessions by their user.
extension Shard {
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
