/// How near and how far the friends of one session's list are, metres.
public struct ListSpan: Equatable, Sendable {
    public let nearest: Double
    public let farthest: Double

    public init(nearest: Double, farthest: Double) {
        self.nearest = nearest
        self.farthest = farthest
    }
}
