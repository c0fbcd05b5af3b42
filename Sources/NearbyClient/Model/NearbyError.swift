/// Why a request, or a message of its own accord, failed.
public struct NearbyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The protocol's codes, and those of the client itself.
    public typealias Code = ServerMessage.Refusal.Code

    public let code: Code
    /// For people who read logs; holds no positions and no tokens.
    public let message: String

    public init(code: Code, message: String = "") {
        self.code = code
        self.message = message
    }

    public var description: String { message.isEmpty ? code.rawValue : "\(code.rawValue): \(message)" }
}

extension NearbyError.Code {
    /// There is no connection, or it ended before the answer came.
    public static let offline = Self(rawValue: "offline")
    /// The app stopped the client.
    public static let stopped = Self(rawValue: "stopped")
    /// The app's source of tokens failed.
    public static let noToken = Self(rawValue: "no_token")
    /// A store of the server does not answer for now.
    public static let unavailable = Self(rawValue: "unavailable")
    /// The user has as many blocks as there may be.
    public static let tooManyBlocks = Self(rawValue: "too_many_blocks")
}
