/// A server's message that cannot be understood. Says where, never what: texts may hold places.
public struct JSONError: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// It is not JSON.
        case syntax
        /// It is JSON, and not the message that its type announces.
        case shape
    }

    public let kind: Kind
    /// The byte at which it was noticed.
    public let offset: Int
}
