public import NIOCore

/// Every limit of a kind of connection, in one place.
public struct WebSocketLimits: Sendable {
    /// The payload of one message, in bytes, over all its fragments. A longer one is refused
    /// with 1009 as soon as a header announces it, before its body is read.
    public var messageBytes = 16 * 1024

    /// Frames that one message may consist of, empty ones counted; more are refused with 1009.
    public var fragments = 64

    /// Pings and pongs that a peer may send within a second; more are refused with 1008.
    public var controlFramesPerSecond = 10

    /// Bytes of small frames that may wait behind an outstanding one; more end with 1013.
    public var queuedBytes = 256 * 1024

    /// How long a peer may leave the connection unwritable while something is waiting (1013).
    public var stallTime = TimeAmount.seconds(10)

    /// How long a message may take from its first byte to its last (1008).
    public var messageTime = TimeAmount.seconds(10)

    /// How long to wait for the peer's close frame, and for the end of its stream.
    public var closeTime = TimeAmount.seconds(3)

    /// Time between two pings to a peer; `nil` sends none.
    public var pingInterval: TimeAmount? = .seconds(25)

    /// How long a peer may stay silent after a ping (4003). Less than ``pingInterval``.
    public var pongTime = TimeAmount.seconds(10)

    /// How often the times above are looked at: they are exact to this much.
    public var sweepInterval = TimeAmount.seconds(1)

    public init() {}

    /// For connections that a server accepts.
    public static let server = WebSocketLimits()

    /// For connections to our own server, which is trusted with more: whole pages of friends,
    /// over networks that stand still for a while in the middle of one.
    public static let client: WebSocketLimits = {
        var limits = WebSocketLimits()
        limits.messageBytes = 8 * 1024 * 1024
        limits.messageTime = .seconds(60)
        limits.pingInterval = nil
        return limits
    }()

    /// For an echo endpoint that conformance suites drive, with messages of 16 MiB and
    /// messages in tens of thousands of fragments.
    public static let echo: WebSocketLimits = {
        var limits = WebSocketLimits()
        limits.messageBytes = 64 * 1024 * 1024
        limits.fragments = 1024 * 1024
        limits.controlFramesPerSecond = 1000
        limits.queuedBytes = 64 * 1024 * 1024
        limits.stallTime = .seconds(60)
        limits.messageTime = .seconds(60)
        return limits
    }()
}
