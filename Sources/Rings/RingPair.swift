public import ChannelBus

/// The two rings of a process.
public struct RingPair: Hashable, Sendable {
    /// Which server a channel is on.
    public let bus: BusRing
    /// Which server a user's newest location is on.
    public let cache: BusRing

    public init(bus: BusRing, cache: BusRing) {
        self.bus = bus
        self.cache = cache
    }
}
