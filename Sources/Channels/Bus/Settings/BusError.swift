/// Why a bus or a cache cannot be made as asked. Texts hold no password.
public struct BusError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: Sendable, Hashable {
        /// A server's address cannot be read.
        case badAddress
        /// No server, too many, or one twice.
        case badRing
        /// A setting is out of its range, or two contradict each other.
        case badSetting
        /// Plain `redis://` to another machine, which ``BusSettings/allowsPlaintext`` does not allow.
        case plaintext
        /// Certificates to trust cannot be loaded.
        case badTrust
    }

    public let code: Code
    /// What was wrong, for an operator.
    public let detail: String

    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    public var description: String { "\(code): \(detail)" }
}
