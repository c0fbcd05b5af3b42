public import NIOHTTP1

/// The client's half of the opening handshake (RFC 6455, section 4.1).
public struct ClientHandshake: Sendable {
    /// What is wrong with a server's answer.
    public enum Failure: Error, Equatable, Sendable {
        /// The server answered with another status than 101.
        case refused(HTTPResponseStatus)
        /// The answer is 101 but breaks RFC 6455.
        case invalidResponse
    }

    private let key: String

    /// With a fresh random key.
    public init() {
        key = Base64.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// The request.
    /// - Parameters:
    ///   - host: The value of `Host`: the name, and the port unless it is the scheme's own.
    ///   - path: The request target, with its query if there is one.
    public func request(host: String, path: String) -> HTTPRequestHead {
        var headers = HTTPHeaders()
        headers.add(name: "Host", value: host)
        headers.add(name: "Upgrade", value: "websocket")
        headers.add(name: "Connection", value: "Upgrade")
        headers.add(name: "Sec-WebSocket-Version", value: ServerHandshake.version)
        headers.add(name: "Sec-WebSocket-Key", value: key)
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: headers)
    }

    /// `nil` if the server agreed; it may not add an extension or subprotocol, for none was offered.
    public func check(_ head: HTTPResponseHead) -> Failure? {
        guard head.status == .switchingProtocols else { return .refused(head.status) }
        let headers = head.headers
        let isRight =
            headers.hasToken("websocket", in: "upgrade") && headers.hasToken("upgrade", in: "connection")
            && headers["sec-websocket-accept"] == [AcceptKey.make(from: key)]
            && !headers.contains(name: "sec-websocket-extensions")
            && !headers.contains(name: "sec-websocket-protocol")
        return isRight ? nil : .invalidResponse
    }
}
