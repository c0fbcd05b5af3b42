import NIOHTTP1
import Testing

@testable import WebSocket

@Suite struct ClientHandshakeTests {
    private let handshake = ClientHandshake()

    /// The answer of our own server, changed.
    private func answer(
        status: HTTPResponseStatus = .switchingProtocols, _ change: (inout HTTPHeaders) -> Void = { _ in }
    ) -> HTTPResponseHead {
        let request = handshake.request(host: "example.org", path: "/v1/ws")
        guard case .accepted(let key) = ServerHandshake.check(request) else {
            preconditionFailure("our server refuses our client")
        }
        var headers: HTTPHeaders = [
            "Upgrade": "WebSocket", "Connection": "upgrade", "Sec-WebSocket-Accept": key,
        ]
        change(&headers)
        return HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    }

    @Test func bothHalvesUnderstandEachOther() {
        #expect(handshake.check(answer()) == nil)
    }

    @Test func everyHandshakeHasItsOwnKey() {
        let keys = (0..<10).map { _ in ClientHandshake().request(host: "h", path: "/").headers["sec-websocket-key"] }
        #expect(Set(keys).count == 10)
    }

    @Test func anotherStatusIsARefusal() {
        #expect(handshake.check(answer(status: .forbidden)) == .refused(.forbidden))
        #expect(handshake.check(answer(status: .ok)) == .refused(.ok))
    }

    @Test(arguments: [
        ("Upgrade", "h2c"), ("Connection", "close"), ("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
        ("Sec-WebSocket-Extensions", "permessage-deflate"), ("Sec-WebSocket-Protocol", "chat"),
    ])
    func aWrongAnswer(name: String, value: String) {
        #expect(handshake.check(answer { $0.replaceOrAdd(name: name, value: value) }) == .invalidResponse)
    }

    @Test func aMissingProof() {
        #expect(handshake.check(answer { $0.remove(name: "Sec-WebSocket-Accept") }) == .invalidResponse)
    }
}
