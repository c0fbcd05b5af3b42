import NIOCore
import NIOHTTP1
import Testing

@testable import WebSocket

@Suite struct ServerHandshakeTests {
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="

    private func head(_ changes: [String: [String]] = [:]) -> HTTPRequestHead {
        var fields = [
            "Host": ["example.org"], "Upgrade": ["websocket"], "Connection": ["Upgrade"],
            "Sec-WebSocket-Version": ["13"], "Sec-WebSocket-Key": [Self.key],
        ]
        for (name, values) in changes { fields[name] = values }
        let headers = HTTPHeaders(
            fields.sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name, $0) } })
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: "/v1/ws", headers: headers)
    }

    @Test func theExampleOfTheRFC() {
        #expect(ServerHandshake.check(head()) == .accepted(acceptKey: "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
    }

    @Test(arguments: ["WebSocket", "h2c, websocket", " WEBSOCKET "])
    func theUpgradeIsAListInAnyCase(value: String) {
        #expect(ServerHandshake.check(head(["Upgrade": [value]])) != .plainHTTP)
    }

    @Test(arguments: [["keep-alive, Upgrade"], ["keep-alive", "UPGRADE"], ["upgrade ,close"]])
    func theConnectionIsAListInAnyCase(values: [String]) {
        #expect(ServerHandshake.check(head(["Connection": values])) != .plainHTTP)
    }

    @Test(arguments: [
        ["Upgrade": ["h2c"]], ["Upgrade": []], ["Upgrade": ["websockets"]], ["Connection": ["keep-alive"]],
        ["Connection": []],
    ])
    func whatIsNoUpgradeIsPlainHTTP(changes: [String: [String]]) {
        #expect(ServerHandshake.check(head(changes)) == .plainHTTP)
    }

    @Test func otherMethodsAndVersionsArePlainHTTP() {
        var post = head()
        post.method = .POST
        #expect(ServerHandshake.check(post) == .plainHTTP)
        var old = head()
        old.version = .http1_0
        #expect(ServerHandshake.check(old) == .plainHTTP)
    }

    @Test(arguments: [[], ["8"], ["13", "8"], ["13, 8"], ["013"]])
    func otherVersionsAreToldOurs(versions: [String]) {
        #expect(ServerHandshake.check(head(["Sec-WebSocket-Version": versions])) == .refused(.unsupportedVersion))
        #expect(ServerHandshake.Failure.unsupportedVersion.status.code == 426)
        #expect(ServerHandshake.Failure.unsupportedVersion.headers["sec-websocket-version"] == ["13"])
    }

    @Test(arguments: [
        [], [""], [Self.key, Self.key], ["dGhlIHNhbXBsZSBub25jZQ"], ["dGhlIHNhbXBsZSBub25jZR=="],
        ["dGhlIHNhbXBsZSBub25jZQ=A"], ["dGhlIHNhbXBsZSBub25jZ==="], ["dGhlIHNhbXBsZSBub25j****"],
        ["dGhlIHNhbXBsZSBub25jZSEh"], ["éGhlIHNhbXBsZSBub25jZ=="],
    ])
    func theKeyIsSixteenBytes(keys: [String]) {
        #expect(ServerHandshake.check(head(["Sec-WebSocket-Key": keys])) == .refused(.invalidKey))
        #expect(ServerHandshake.Failure.invalidKey.status == .badRequest)
    }

    @Test func theResponse() {
        let text = String(buffer: ServerHandshake.response(acceptKey: "abc"))
        #expect(text.hasPrefix("HTTP/1.1 101 "))
        #expect(text.contains("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: abc\r\n"))
        #expect(text.hasSuffix("\r\n\r\n"))
        #expect(!text.contains("\n\n"))
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
    ])
    func base64AsInRFC4648(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
    }
}
