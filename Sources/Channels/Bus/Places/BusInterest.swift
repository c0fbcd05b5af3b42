/// A channel that a process wants to hear, and what it calls it.
public struct BusInterest: Hashable, Sendable {
    public var channel: BusChannel
    /// Handed back with everything that is received on the channel, so that the receiver looks nothing up: for a user's
    /// channel best the user's index.
    public var tag: UInt32

    public init(_ channel: BusChannel, tag: UInt32 = 0) {
        self.channel = channel
        self.tag = tag
    }
}
