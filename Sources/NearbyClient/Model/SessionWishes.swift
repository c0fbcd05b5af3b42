public import Geo

/// What the app wants of every session: said in each `hello`.
public struct SessionWishes: Hashable, Sendable {
    /// The radius for friends; the server's if `nil`.
    public var radius: Radius?
    /// Strangers' mode from the start; off if `nil`.
    public var strangers: ClientMessage.StrangersRequest?

    /// Whether the server may say how long and how far nobody misses another location. Without it more is sent, for a
    /// dense history.
    public var asksForQuiet: Bool

    public init(
        radius: Radius? = nil, strangers: ClientMessage.StrangersRequest? = nil, asksForQuiet: Bool = true
    ) {
        self.radius = radius
        self.strangers = strangers
        self.asksForQuiet = asksForQuiet
    }
}
