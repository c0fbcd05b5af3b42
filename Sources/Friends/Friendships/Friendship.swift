public import Channels

/// Two users to be made friends; the order means nothing.
public struct Friendship: Hashable, Sendable {
    public let a, b: UserID

    public init(_ a: UserID, _ b: UserID) {
        self.a = a
        self.b = b
    }
}
