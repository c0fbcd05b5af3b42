import NIOCore
import NIOPosix
import Synchronization

/// A client made of bytes: it sends whatever a test likes, and hears every frame.
struct Peer: Sendable {
    /// How long anything that a test waits for may take.
    static let limit = TimeAmount.seconds(30)

    private let channel: any Channel
    private let ear: NIOLoopBound<Ear>
    private static let numbers = Atomic<Int64>(1_000_000)

    private init(channel: any Channel) async throws {
        self.channel = channel
        ear = try await channel.eventLoop.submit {
            NIOLoopBound(try channel.pipeline.syncOperations.handler(type: Ear.self), eventLoop: channel.eventLoop)
        }.get()
    }

    /// A TCP connection; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - receiveBuffer: bytes that the kernel may keep while nobody reads.
    ///   - answersClose: whether the server's close frame is answered, as it should be.
    static func dial(port: Int, receiveBuffer: Int? = nil, answersClose: Bool = true) async throws -> Peer {
        var bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Ear(answersClose: answersClose))
                }
            }
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer)
        }
        return try await Peer(channel: bootstrap.connect(host: "127.0.0.1", port: port).get())
    }

    /// A WebSocket, hands shaken.
    static func connect(
        port: Int, path: String = "/v1/ws", headers: [String] = [], receiveBuffer: Int? = nil,
        answersClose: Bool = true
    ) async throws -> Peer {
        let peer = try await dial(port: port, receiveBuffer: receiveBuffer, answersClose: answersClose)
        let head = try await peer.upgrade(port: port, path: path, headers: headers)
        guard head.hasPrefix("HTTP/1.1 101 ") else { throw Unexpected("no WebSocket: \(head)") }
        return peer
    }

    /// Asks for a WebSocket; returns the head of the answer.
    func upgrade(port: Int, path: String = "/v1/ws", headers: [String] = []) async throws -> String {
        let lines =
            ["GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Upgrade: websocket", "Connection: Upgrade"]
            + ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="] + headers + ["", ""]
        send(bytes: Array(lines.joined(separator: "\r\n").utf8))
        guard case .head(let head) = try await hear() else { throw Unexpected("no answer to the upgrade") }
        return head
    }

    // MARK: Sending

    func send(bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    func send(_ frame: Frame) { send(bytes: frame.bytes) }
    func send(text: String) { send(.text(text)) }
    /// Sends a message.
    func say(_ message: JSON) { send(text: message.description) }

    /// Closes as a client should, and waits for the end.
    func close() async throws {
        send(.close(1000))
        _ = try await closing()
    }

    /// Ends the connection without a word.
    func vanish() { channel.close(promise: nil) }

    /// Stops reading from the socket, or begins again.
    func setReads(_ isReading: Bool) async throws {
        try await channel.setOption(.autoRead, value: isReading).get()
    }

    // MARK: Hearing

    /// The next thing that is heard.
    func hear(within limit: TimeAmount = Peer.limit) async throws -> Heard {
        let (ear, eventLoop) = (ear, channel.eventLoop)
        return try await eventLoop.flatSubmit { ear.value.next(within: limit, on: eventLoop) }.get()
    }

    /// The next message.
    func message() async throws -> JSON {
        let heard = try await hear()
        guard case .text(let text) = heard else { throw Unexpected("no message, but \(heard)") }
        return try JSON(text: text)
    }

    /// The next message, which has to be of this type.
    func message(_ type: String) async throws -> JSON {
        let message = try await message()
        guard message.type == type else { throw Unexpected("no \(type), but \(message)") }
        return message
    }

    /// What a message is answered, with what is sent unasked passed over.
    func ask(_ message: JSON) async throws -> JSON {
        let number = Self.numbers.add(1, ordering: .relaxed).newValue
        say(message.with(["seq": .number(number)]))
        while true {
            let answer = try await self.message()
            if answer["seq"] == .number(number) { return answer.without("seq") }
            guard ["updates", "cells", "strangers"].contains(answer.type) else {
                throw Unexpected("no answer, but \(answer)")
            }
        }
    }

    /// Everything that comes before the answer to a question that is asked now.
    func barrier() async throws -> [JSON] {
        let number = Self.numbers.add(1, ordering: .relaxed).newValue
        say(["type": "settings", "seq": .number(number)])
        var messages: [JSON] = []
        while true {
            let message = try await message()
            if message["seq"] == .number(number) { return messages }
            messages.append(message)
        }
    }

    /// The code with which the server closes; messages are passed over.
    func closing() async throws -> Int? {
        while true {
            if case .closed(let code, _) = try await hear() { return code }
        }
    }
}
