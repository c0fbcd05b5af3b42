/// What the process hears of its own users from elsewhere: for their homes, which follow if the user is among strangers
/// here and do nothing otherwise.
extension StrangerExchange {
    /// Another process has accepted a location of the user.
    public func moved(user: UInt32, to fix: StrangerFix) -> Action {
        let letter = Letter.movement(Movement(user: user, shard: StrangerLimits.maximumShards, fix: fix))
        return .deliver(letter.record, shard: map.home(of: user))
    }

    /// The user stopped sharing, or was erased, at another process.
    public func suspended(user: UInt32) -> Action {
        let letter = Letter.suspension(Suspension(user: user, reason: .suspended, isHeard: true))
        return .deliver(letter.record, shard: map.home(of: user))
    }
}
