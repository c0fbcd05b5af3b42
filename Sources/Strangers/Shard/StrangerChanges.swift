/// What a session is to be told since the last time, each list ordered by sid.
public struct StrangerChanges: Equatable, Sendable {
    /// Who came, or has news.
    public var entered: [Stranger] = []
    public var gone: [Sid] = []

    public var isEmpty: Bool { entered.isEmpty && gone.isEmpty }

    init() {}
}
