/// The effective values of a session that has strangers on.
public struct StrangerStatus: Equatable, Sendable {
    /// Metres.
    public let radius: Double
    public let routing: StrangerRouting
    /// When the opt-in ends, milliseconds since the Unix epoch.
    public let expiresAt: Int64
    /// Whether the user itself is published nowhere, because too few share its cells or it was silent too long.
    public let isTooFew: Bool
    /// Everyone the session is shown, ordered by sid.
    public let items: [Stranger]
}
