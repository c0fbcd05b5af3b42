/// Whom `rediss://` trusts. Name and certificate of a server are always verified.
public struct BusTLS: Sendable, Hashable {
    public enum Roots: Sendable, Hashable {
        /// The certificate authorities of the system.
        case system
        /// Those in a PEM file, and no others.
        case file(path: String)
    }

    public var roots: Roots

    public init(roots: Roots = .system) {
        self.roots = roots
    }
}
