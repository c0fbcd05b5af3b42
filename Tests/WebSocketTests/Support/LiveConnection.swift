import NIOCore
import NIOPosix

@testable import WebSocket

/// The server's end of a connection over a real socket, without the HTTP before it.
struct LiveConnection: Sendable {
    let calls: AsyncStream<Recorder.Call>
    private let connection: NIOLoopBound<WebSocketConnection>
    let eventLoop: any EventLoop

    /// Runs on the connection's event loop.
    func perform<Value: Sendable>(
        _ body: @escaping @Sendable (WebSocketConnection) throws -> Value
    ) async throws -> Value {
        try await eventLoop.submit { [connection] in try body(connection.value) }.get()
    }

    /// The next call that satisfies `condition`; `nil` if there is none before the last.
    func first(where condition: (Recorder.Call) -> Bool) async -> Recorder.Call? {
        for await call in calls where condition(call) { return call }
        return nil
    }

    func closing() async -> Recorder.Call? {
        await first { if case .closed = $0 { true } else { false } }
    }
}

/// Listens on a free port; every accepted connection is handed to the test.
struct LiveServer: Sendable {
    let address: SocketAddress
    let accepted: AsyncStream<LiveConnection>
    private let channel: any Channel

    static func run(
        limits: WebSocketLimits = .server, echoes: Bool = false,
        _ body: (LiveServer) async throws -> Void
    ) async throws {
        let server = try await start(limits: limits, echoes: echoes)
        do {
            try await body(server)
        } catch {
            try await server.channel.close()
            throw error
        }
        try await server.channel.close()
    }

    private static func start(limits: WebSocketLimits, echoes: Bool) async throws -> LiveServer {
        let (accepted, continuation) = AsyncStream.makeStream(of: LiveConnection.self)
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let live = try LiveConnection(accepting: channel, limits: limits, echoes: echoes)
                    continuation.yield(live)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return LiveServer(address: channel.localAddress!, accepted: accepted, channel: channel)
    }

    /// A peer that speaks raw bytes, and the server's end of its connection, which is open.
    func connect(
        autoRead: Bool = true, receiveBuffer: Int32? = nil
    ) async throws -> (peer: RawPeer, server: LiveConnection) {
        let peer = try await RawPeer.connect(to: address, autoRead: autoRead, receiveBuffer: receiveBuffer)
        for await live in accepted {
            guard await live.first(where: { $0 == .opened }) != nil else { break }
            return (peer, live)
        }
        throw ChannelError.eof
    }
}

extension LiveConnection {
    fileprivate init(accepting channel: any Channel, limits: WebSocketLimits, echoes: Bool) throws {
        let loop = WebSocketLoop(eventLoop: channel.eventLoop, limits: limits)
        let connection = WebSocketConnection(loop: loop)
        let (calls, continuation) = AsyncStream.makeStream(of: Recorder.Call.self)
        connection.delegate = Reporter(continuation, connection: echoes ? connection : nil)
        try channel.pipeline.syncOperations.addHandler(connection)
        self.init(
            calls: calls, connection: NIOLoopBound(connection, eventLoop: channel.eventLoop),
            eventLoop: channel.eventLoop)
    }
}

/// Passes a connection's calls to the test, and sends messages back if it has a connection.
private final class Reporter: WebSocketDelegate {
    private let calls: AsyncStream<Recorder.Call>.Continuation
    private let connection: WebSocketConnection?
    private let frame = FrameBuffer()

    init(_ calls: AsyncStream<Recorder.Call>.Continuation, connection: WebSocketConnection?) {
        self.calls = calls
        self.connection = connection
    }

    func opened() { calls.yield(.opened) }

    func received(text: UnsafeRawBufferPointer) {
        frame.reset()
        frame.append(bytes: text)
        connection?.send(text: frame)
        calls.yield(.text(String(decoding: text, as: UTF8.self)))
    }

    func received(binary: UnsafeRawBufferPointer) { calls.yield(.binary(Array(binary))) }
    func becameWritable() { calls.yield(.writable) }

    func closed(code: CloseCode, wasClean: Bool) {
        calls.yield(.closed(code.rawValue, wasClean: wasClean))
        calls.finish()
    }
}
