import Crypto

/// A key or password. It never shows itself: printing, interpolating and reflecting give `<redacted>`.
public struct Secret: Sendable {
    /// The bytes themselves. Not to be printed.
    public let bytes: [UInt8]

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Whether the two are the same, in a time that does not depend on where they differ.
    public func matches(_ candidate: some Sequence<UInt8>) -> Bool {
        // Digests have one length and compare in constant time.
        SHA256.hash(data: bytes) == SHA256.hash(data: Array(candidate))
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<redacted>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
