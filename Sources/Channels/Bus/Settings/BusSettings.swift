/// Every limit of the bus and of the cache, with its unit.
public struct BusSettings: Sendable, Hashable {
    // MARK: Connections

    /// How long a connection may take until the server has accepted its credentials. Default 2 s.
    public var connectTimeout: Duration = .seconds(2)
    /// How often a server is asked whether it still answers. Default 0.5 s.
    public var pingInterval: Duration = .milliseconds(500)
    /// How long a server may say nothing while an answer is due. With ``pingInterval`` at most 2 s, so that a frozen
    /// server is given up within 2 s. Default 1 s.
    public var pingPatience: Duration = .seconds(1)
    /// The longest pause between two attempts to connect. Default 5 s.
    public var backOffCap: Duration = .seconds(5)
    /// The same for a server that sentinels name: asking them costs little, and a promotion is followed within this time.
    /// Default 1 s.
    public var sentinelBackOffCap: Duration = .seconds(1)
    /// The most bytes of one reply, 64 KiB to 512 MiB. Default 8 MiB.
    public var maximumReplyBytes = 8 << 20
    /// The most elements of one reply. Default 65,536.
    public var maximumReplyElements = 65_536
    /// Unsent bytes at which a connection counts as full, until half of them are gone. Default 1 MiB.
    public var maximumUnsentBytes = 1 << 20
    /// Whether `redis://` may leave this machine. Default no.
    public var allowsPlaintext = false
    public var tls = BusTLS()

    // MARK: Publishing

    /// The most users and members that wait for one server. Default 100,000.
    public var maximumWaiting = 100_000
    /// The most publications, writes and questions that one server has not answered. Default 16,384.
    public var maximumUnanswered = 16_384

    // MARK: Subscribing

    /// How many channels a second one server is asked for again after a loss or a change of the ring. Default 20,000.
    public var resubscriptionsPerSecond = 20_000
    /// The most channels in one command, 1 to 10,000. Default 500.
    public var namesPerCommand = 500

    /// When a server is asked again for channels that it refused, which the user's rights in Redis may do. Default 5 s.
    public var refusalPause: Duration = .seconds(5)

    // MARK: Cache

    /// How long a location counts from its receipt, and a tombstone from its writing. Default 10 min.
    public var cacheLifetime: Duration = .seconds(600)
    /// The most users in one read of one server, 1 to 10,000. Default 1,000.
    public var usersPerRead = 1_000

    public init() {}

    /// How long one of several sentinels may take to answer: if all but one are dead, there is still time to ask it and
    /// to connect to the master within ``connectTimeout``.
    func sentinelPatience(of count: Int) -> Duration { connectTimeout / (count + 1) }

    /// Whether the values are in their ranges and agree with each other.
    public func check() throws(BusError) {
        let positive: [(String, Duration)] = [
            ("connectTimeout", connectTimeout), ("pingInterval", pingInterval), ("pingPatience", pingPatience),
            ("backOffCap", backOffCap), ("sentinelBackOffCap", sentinelBackOffCap), ("cacheLifetime", cacheLifetime),
            ("refusalPause", refusalPause),
        ]
        for (name, value) in positive where value <= .zero { throw BusError(.badSetting, "\(name) must be positive") }
        let counts: [(String, Int, ClosedRange<Int>)] = [
            ("maximumReplyBytes", maximumReplyBytes, 65_536...(512 << 20)),
            ("maximumReplyElements", maximumReplyElements, 16...1_000_000),
            ("maximumUnsentBytes", maximumUnsentBytes, 65_536...(512 << 20)),
            ("maximumWaiting", maximumWaiting, 1...10_000_000),
            ("maximumUnanswered", maximumUnanswered, 1...1_000_000),
            ("resubscriptionsPerSecond", resubscriptionsPerSecond, 100...10_000_000),
            ("namesPerCommand", namesPerCommand, 1...10_000),
            ("usersPerRead", usersPerRead, 1...10_000),
        ]
        for (name, value, range) in counts where !range.contains(value) {
            throw BusError(.badSetting, "\(name) must be \(range.lowerBound) to \(range.upperBound)")
        }
        guard usersPerRead < maximumReplyElements else {
            throw BusError(.badSetting, "usersPerRead must be less than maximumReplyElements")
        }
    }
}
