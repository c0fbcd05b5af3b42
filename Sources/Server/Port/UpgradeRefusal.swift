import NIOCore
import NIOHTTP1
import WebSocket

/// An answer that ends a connection: a status, and why, as problem details (RFC 9457).
struct UpgradeRefusal: Sendable {
    let status: HTTPResponseStatus
    let detail: StaticString
    let headers: HTTPHeaders

    /// - Parameters:
    ///   - detail: For people. Fixed when compiled, without a quotation mark.
    ///   - headers: Fields beside those that every refusal has.
    init(_ status: HTTPResponseStatus, detail: StaticString, headers: HTTPHeaders = [:]) {
        self.status = status
        self.detail = detail
        self.headers = headers
    }

    init(_ failure: ServerHandshake.Failure) {
        self.init(failure.status, detail: failure.detail, headers: failure.headers)
    }

    var head: HTTPResponseHead {
        var headers = headers
        headers.add(name: "content-type", value: "application/problem+json")
        headers.add(name: "content-length", value: "\(body.readableBytes)")
        headers.add(name: "connection", value: "close")
        return HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    }

    /// The texts in it are ours and need no escapes.
    var body: ByteBuffer {
        let (title, code) = (status.reasonPhrase, status.code)
        return ByteBuffer(
            string: #"{"type":"about:blank","title":"\#(title)","status":\#(code),"detail":"\#(detail)"}"#)
    }
}

extension UpgradeRefusal {
    static let headTooLarge = UpgradeRefusal(
        .requestHeaderFieldsTooLarge, detail: "the request has too many or too long header fields")
    static let tooSlow = UpgradeRefusal(.requestTimeout, detail: "the request took too long")
    static let malformed = UpgradeRefusal(.badRequest, detail: "the request is not valid HTTP")
    static let draining = UpgradeRefusal(
        .serviceUnavailable, detail: "the server is about to stop",
        headers: ["retry-after": "\(Limits.unavailableRetrySeconds)"])
    static let bodyInHandshake = UpgradeRefusal(
        .badRequest, detail: "a request for a WebSocket has no body")
}
