import Testing

@testable import Server

/// `/v1/echo`: what a conformance suite asks of the pipeline.
@Suite(.server([.echo: "true"])) struct EchoTests {
    private func connect() async throws -> Peer {
        try await Peer.connect(port: LiveServer.current.port, path: "/v1/echo")
    }

    @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000])
    func textAndBinaryOfAnySizeComeBack(count: Int) async throws {
        let peer = try await connect()
        peer.send(text: String(repeating: "*", count: count))
        #expect(try await peer.hear() == .text(String(repeating: "*", count: count)))
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        peer.send(Frame(kind: .binary, payload: bytes))
        #expect(try await peer.hear() == .binary(bytes))
    }

    @Test func fragmentsComeBackAsOneMessage() async throws {
        let peer = try await connect()
        let bytes = Array("Grüße, 世界".utf8)
        for (place, byte) in bytes.enumerated() {
            peer.send(
                Frame(
                    kind: place == 0 ? .text : .continuation, payload: [byte], isLast: place == bytes.count - 1))
        }
        #expect(try await peer.hear() == .text("Grüße, 世界"))
    }

    @Test func pingsAreAnsweredAndPongsAreNot() async throws {
        let peer = try await connect()
        let payload = (0..<125).map { UInt8($0) }
        peer.send(Frame(kind: .pong, payload: [9]))
        peer.send(Frame(kind: .ping, payload: payload))
        #expect(try await peer.hear() == .pong(payload))
        peer.send(Frame(kind: .ping, payload: []))
        #expect(try await peer.hear() == .pong([]))
    }

    @Test func closeCodesAreAnsweredAndBadOnesRefused() async throws {
        for code in [1000, 1001, 1002, 1003, 1007, 1011, 3000, 3999, 4000, 4999] {
            let peer = try await connect()
            peer.send(.close(code))
            #expect(try await peer.closing() == code)
        }
        for code in [0, 999, 1004, 1005, 1006, 1015, 2999, 5000] {
            let peer = try await connect()
            peer.send(.close(code))
            #expect(try await peer.closing() == 1002, "\(code)")
        }
        let peer = try await connect()
        peer.send(Frame(kind: .close, payload: []))
        #expect(try await peer.closing() == nil)
    }

    @Test func invalidTextEndsIn1007() async throws {
        let peer = try await connect()
        peer.send(Frame(kind: .text, payload: [0xCE, 0xBA, 0xE1], isLast: false))
        peer.send(Frame(kind: .continuation, payload: [0xFF]))
        #expect(try await peer.closing() == 1007)
    }
}
