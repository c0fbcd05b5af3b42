import Testing

@testable import NearbyClient

@Suite struct ServerURLTests {
    @Test(arguments: [
        ("ws://example.org", "example.org", 80, "/v1/ws", "example.org"),
        ("WS://localhost:8080/", "localhost", 8080, "/v1/ws", "localhost:8080"),
        ("ws://127.0.0.1:1/v1/echo?x=1", "127.0.0.1", 1, "/v1/echo?x=1", "127.0.0.1:1"),
        ("ws://[::1]:9/a", "::1", 9, "/a", "[::1]:9"),
        ("ws://[::1]", "::1", 80, "/v1/ws", "[::1]"),
        ("wss://example.org", "example.org", 443, "/v1/ws", "example.org"),
        ("WSS://example.org:80", "example.org", 80, "/v1/ws", "example.org:80"),
        ("ws://h?q", "h", 80, "/?q", "h"),
    ])
    func parses(text: String, host: String, port: Int, path: String, header: String) {
        let url = ServerURL(text)
        #expect(url?.host == host && url?.port == port && url?.path == path)
        #expect(url?.hostHeader == header)
        #expect(url?.isSecure == text.lowercased().hasPrefix("wss:"))
    }

    @Test(arguments: [
        "", "example.org", "http://example.org", "wss:example.org", "wss//example.org", "wss:/example.org", "wss:///",
        "wss://", "ws://", "ws://:80",
        "ws://h:", "ws://h:0",
        "ws://h:65536",
        "ws://h:x", "ws://a b", "ws://h/ä", "ws://h/#f", "ws://u@h", "ws://h/\r\nX: y",
    ])
    func refuses(text: String) {
        #expect(ServerURL(text) == nil)
    }
}
