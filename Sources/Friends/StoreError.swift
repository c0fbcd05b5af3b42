/// What every store of this module throws, whatever it is built on.
///
/// A store translates its driver's errors where they arise, so that a caller decides by ``code`` alone.
/// Neither part ever holds an id, a name or a coordinate: it may be logged as it is.
public struct StoreError: Error, Hashable, CustomStringConvertible {
    /// What went wrong, as far as a caller can act on it. The set is closed.
    public enum Code: String, Sendable, CaseIterable {
        /// The store cannot answer now, and the same call may work later. Nothing was changed, unless the
        /// connection to a database broke in the moment of the commit: then it may have been, and the same call
        /// again finds it so.
        case unavailable
        /// The user was erased, and stays so until the backend puts it again.
        case erased
        /// There is no such user.
        case notFound = "not_found"
        /// An argument that can never be stored: too long, or somebody with themselves.
        case invalid
        /// One of the two would have more than ``StoreLimits/maximumFriends``.
        case tooManyFriends = "too_many_friends"
        /// The asker would have more than ``StoreLimits/maximumRequests`` pending.
        case tooManyRequests = "too_many_requests"
        /// The blocker would have more than ``StoreLimits/maximumBlocks``.
        case tooManyBlocks = "too_many_blocks"
    }

    public let code: Code
    /// The operation, and what the driver said as far as that is free of user data.
    public let context: String

    public init(_ code: Code, _ context: String) {
        self.code = code
        self.context = context
    }

    public var description: String { "\(code.rawValue): \(context)" }
}
