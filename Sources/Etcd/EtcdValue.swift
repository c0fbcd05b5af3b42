/// What is kept under a key, and since when.
public struct EtcdValue: Hashable, Sendable {
    public let key: String
    public let value: [UInt8]
    /// The revision of the store in which the key was last written; the same for everything in one transaction.
    public let modified: Int64
    /// The lease that the key ends with; 0 for none.
    public let lease: Int64

    public init(key: String, value: [UInt8], modified: Int64, lease: Int64) {
        self.key = key
        self.value = value
        self.modified = modified
        self.lease = lease
    }

    public var text: String { String(decoding: value, as: UTF8.self) }
}

/// A key's value, or that it has none, as of a revision of the store.
public struct EtcdSnapshot: Hashable, Sendable {
    public let value: EtcdValue?
    public let revision: Int64
}

/// What one key became.
public struct EtcdChange: Hashable, Sendable {
    public let key: String
    /// `nil`: it was removed.
    public let value: EtcdValue?
    /// The revision in which that happened.
    public let revision: Int64

    public init(key: String, value: EtcdValue?, revision: Int64) {
        self.key = key
        self.value = value
        self.revision = revision
    }
}
