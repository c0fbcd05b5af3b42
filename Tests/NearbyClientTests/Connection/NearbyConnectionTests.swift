import Geo
import Testing
import WebSocket

@testable import NearbyClient

@Suite(.timeLimit(.minutes(1))) struct NearbyConnectionTests {
    private let connector = NearbyConnector()
    private let hello = ClientMessage.hello(
        .init(token: "t", fix: Fix(position: Samples.at(1, 2), timestamp: 3)))

    private func connect(
        _ server: FakeServer
    ) async throws -> (NearbyConnection, AsyncStream<NearbyEvent>.AsyncIterator) {
        let (events, continuation) = AsyncStream.makeStream(of: NearbyEvent.self)
        let connection = try await connector.connect(to: server.url) { continuation.yield($0) }
        return (connection, events.makeAsyncIterator())
    }

    @Test func talksToAServer() async throws {
        try await FakeServer.run { server in
            var (connection, events) = try await connect(server)
            connection.send(hello, seq: 1)
            guard case .message(.welcome(let welcome, let seq), _, _) = await events.next() else {
                Issue.record("no welcome")
                return
            }
            #expect(welcome.user == "me" && seq == 7)
            connection.send(text: "close 1012")
            guard case .closed(let code, let wasClean) = await events.next() else {
                Issue.record("not closed")
                return
            }
            #expect(code == .restart && wasClean)
        }
    }

    @Test func closes() async throws {
        try await FakeServer.run { server in
            var (connection, events) = try await connect(server)
            connection.close()
            guard case .closed(.normal, wasClean: true) = await events.next() else {
                Issue.record("not closed cleanly")
                return
            }
        }
    }

    @Test func whatIsNoMessageEndsTheConnection() async throws {
        try await FakeServer.run { server in
            var (connection, events) = try await connect(server)
            connection.send(text: "garbage")
            guard case .unreadable = await events.next(), case .closed(.givenUp, _) = await events.next() else {
                Issue.record("not closed")
                return
            }
        }
    }

    @Test func aRefusedHandshake() async throws {
        try await FakeServer.run(answer: "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n") { server in
            await #expect(throws: ConnectError.refused(status: 403)) { _ = try await connect(server) }
        }
    }

    @Test(arguments: [
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n", "SSH-2.0-OpenSSH\r\n",
    ])
    func anAnswerThatIsNone(answer: String) async throws {
        try await FakeServer.run(answer: answer) { server in
            await #expect(throws: ConnectError.invalidResponse) { _ = try await connect(server) }
        }
    }

    @Test func aServerThatHangsUp() async throws {
        try await FakeServer.run(answer: "") { server in
            await #expect(throws: ConnectError.closed) { _ = try await connect(server) }
        }
    }

    /// The end may come before the handshake has begun, while it begins, or after it.
    @Test func aServerThatHangsUpAtOnce() async throws {
        try await FakeServer.run(isClosing: true) { server in
            for _ in 0..<200 {
                let error = await #expect(throws: (any Error).self) { _ = try await connect(server) }
                #expect(error as? ConnectError != .timedOut)
            }
        }
    }

    @Test func nobodyThere() async throws {
        let url = try await FakeServer.run { server in server.url }
        await #expect(throws: (any Error).self) { _ = try await connector.connect(to: url) { _ in } }
    }

    @Test func manyAtOnce() async throws {
        try await FakeServer.run { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        var (connection, events) = try await connect(server)
                        connection.send(hello)
                        guard case .message(.welcome, _, _) = await events.next() else {
                            Issue.record("no welcome")
                            return
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
