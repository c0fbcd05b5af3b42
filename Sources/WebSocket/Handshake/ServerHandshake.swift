public import NIOCore
public import NIOHTTP1

/// The server's half of the opening handshake (RFC 6455, section 4.2): pure functions of a head.
public enum ServerHandshake {
    /// The only version of the protocol.
    static let version = "13"

    public enum Outcome: Equatable, Sendable {
        /// The client asks for no WebSocket (or for another protocol, or not in HTTP/1.1): any
        /// `Upgrade` may be ignored and the request answered as it is.
        case plainHTTP
        /// The client asks for one and gets it wrong.
        case refused(Failure)
        /// Answer with ``response(acceptKey:)``.
        case accepted(acceptKey: String)
    }

    public enum Failure: Equatable, Sendable {
        case unsupportedVersion
        case invalidKey

        public var status: HTTPResponseStatus {
            switch self {
            case .unsupportedVersion: .upgradeRequired
            case .invalidKey: .badRequest
            }
        }

        /// For people.
        public var detail: StaticString {
            switch self {
            case .unsupportedVersion: "the version of the WebSocket protocol has to be 13"
            case .invalidKey: "Sec-WebSocket-Key has to be 16 bytes in base 64"
            }
        }

        /// What the answer has to say in its header.
        public var headers: HTTPHeaders {
            switch self {
            case .unsupportedVersion: ["sec-websocket-version": ServerHandshake.version]
            case .invalidKey: [:]
            }
        }
    }

    public static func check(_ head: HTTPRequestHead) -> Outcome {
        guard head.asksForWebSocket else { return .plainHTTP }
        guard head.headers["sec-websocket-version"] == [version] else { return .refused(.unsupportedVersion) }
        let keys = head.headers["sec-websocket-key"]
        guard keys.count == 1, Base64.isSixteenBytes(keys[0]) else { return .refused(.invalidKey) }
        return .accepted(acceptKey: AcceptKey.make(from: keys[0]))
    }

    /// The answer that turns the connection into a WebSocket. No extension, no subprotocol.
    public static func response(acceptKey: String) -> ByteBuffer {
        ByteBuffer(
            string: """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: \(acceptKey)\r
                \r

                """)
    }
}

extension HTTPRequestHead {
    /// Whether this is a request for a WebSocket, be it right or wrong in its details.
    fileprivate var asksForWebSocket: Bool {
        method == .GET && version == .http1_1
            && headers.hasToken("websocket", in: "upgrade") && headers.hasToken("upgrade", in: "connection")
    }
}

extension HTTPHeaders {
    /// Whether the list of tokens in a header, over all its lines, has this one, in any case.
    func hasToken(_ token: String, in name: String) -> Bool {
        self[canonicalForm: name].contains { $0.lowercased() == token }
    }
}
