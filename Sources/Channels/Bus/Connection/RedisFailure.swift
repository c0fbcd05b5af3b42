/// Why there is no connection to a Redis server. Texts hold no password.
public struct RedisFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: Sendable, Hashable {
        /// Nobody accepts connections there, or not in time.
        case unreachable
        /// The server refused the credentials, the database, or to serve at all for now.
        case refused
        /// The server's certificate is not to be trusted, or it speaks no TLS.
        case untrusted
        /// The server does not answer.
        case silent
        /// The server closed the connection, or the network did.
        case closed
        /// What came is no answer that Redis gives.
        case malformed
        /// The own side ended it.
        case stopped
    }

    public let code: Code
    /// What the server or the system said, for an operator.
    public let detail: String

    init(_ code: Code, _ detail: String = "") {
        self.code = code
        self.detail = detail
    }

    public var description: String { detail.isEmpty ? "\(code)" : "\(code): \(detail)" }
}
