/// A channel that the process hears, or is about to leave.
struct ChannelSubscription {
    var interest: BusInterest
    let nameHash: UInt32
    var isWanted = true
    /// Whether something may have been missed since the owner last fetched.
    var needsFetch = false
    /// The number of the server in the current ring.
    var owner: Int
    var homes: [ChannelHome] = []
    var waiters: [Waiter] = []

    init(_ interest: BusInterest, nameHash: UInt32, owner: Int) {
        self.interest = interest
        self.nameHash = nameHash
        self.owner = owner
    }
}
