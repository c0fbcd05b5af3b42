import NIOCore
import NIOPosix
import Testing

@testable import WebSocket

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Over real sockets: what an embedded channel cannot show.
@Suite(.timeLimit(.minutes(1))) struct SocketTests {
    @Test func echoesMessagesOfManySizes() async throws {
        var limits = WebSocketLimits.echo
        limits.sweepInterval = .milliseconds(10)
        try await LiveServer.run(limits: limits, echoes: true) { server in
            let (peer, _) = try await server.connect()
            let sizes = [0, 1, 125, 126, 5_000, 65_535, 65_536, 3_000_000]
            for size in sizes {
                let text = String(repeating: "€", count: size / 3)
                try await peer.send(.text(text))
                #expect(await peer.hear { !$0.isEmpty } == [.text(text)])
            }
        }
    }

    @Test func writesPastNIO() async throws {
        try await LiveServer.run { server in
            let (peer, live) = try await server.connect()
            try await live.perform { connection in
                #expect(connection.socket != nil)
                Self.send("direct", connection)
                #expect(connection.outbox.isEmpty)
            }
            #expect(await peer.hear { !$0.isEmpty } == [.text("direct")])
        }
    }

    /// The peer reads nothing for a while: the connection says that it is blocked, at most one
    /// frame is outstanding, and afterwards everything arrives whole and in order.
    @Test func aSlowReaderBlocksAndLosesNothing() async throws {
        try await LiveServer.run { server in
            let (peer, live) = try await server.connect(autoRead: false, receiveBuffer: 4096)
            let size = 10_000
            let sent = try await live.perform { connection in
                var sent = 0
                while connection.isOpen, !connection.isBlocked {
                    Self.send("\(sent) " + String(repeating: "x", count: size), connection)
                    sent += 1
                }
                #expect(connection.outbox.writes == 1)
                #expect(connection.outbox.bytes <= size + 20)
                return sent
            }
            try await peer.startReading()
            #expect(await live.first { $0 == .writable } == .writable)
            let heard = await peer.hear { $0.count == sent }
            #expect(heard == (0..<sent).map { .text("\($0) " + String(repeating: "x", count: size)) })
        }
    }

    @Test func aReaderThatNeverReadsIsGivenUp() async throws {
        var limits = WebSocketLimits.server
        (limits.stallTime, limits.closeTime) = (.milliseconds(50), .milliseconds(50))
        limits.sweepInterval = .milliseconds(10)
        try await LiveServer.run(limits: limits) { server in
            let (peer, live) = try await server.connect(autoRead: false, receiveBuffer: 4096)
            try await live.perform { connection in
                while connection.isOpen, !connection.isBlocked {
                    Self.send(String(repeating: "x", count: 10_000), connection)
                }
            }
            #expect(await live.closing() == .closed(1013, wasClean: false))
            try await peer.channel.close()
        }
    }

    @Test func aPeerThatAnswersNoPingIsGivenUp() async throws {
        var limits = WebSocketLimits.server
        (limits.pingInterval, limits.pongTime) = (.milliseconds(60), .milliseconds(30))
        limits.sweepInterval = .milliseconds(10)
        try await LiveServer.run(limits: limits) { server in
            let (peer, live) = try await server.connect()
            let heard = await peer.hear { $0.count == 2 }
            #expect(heard == [.ping(""), .close(4003)])
            #expect(await live.closing() == .closed(4003, wasClean: false))
        }
    }

    @Test func aResetIsAnAbnormalEnd() async throws {
        try await LiveServer.run { server in
            let (peer, live) = try await server.connect()
            try await peer.reset()
            #expect(await live.closing() == .closed(1006, wasClean: false))
            try await live.perform { connection in
                #expect(connection.socket == nil)
                Self.send("ignored", connection)
            }
        }
    }

    /// `send(2)` is the first to notice: the owner hears of it, but not from inside its own call.
    @Test func sendingToABrokenSocketEndsTheConnectionLater() async throws {
        try await LiveServer.run { server in
            let (_, live) = try await server.connect()
            try await live.perform { connection in
                let descriptor = try connection.context!.pipeline.syncOperations
                    .withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { $0 }
                #expect(shutdown(descriptor!, CInt(SHUT_WR)) == 0)
                Self.send("lost", connection)
                #expect(!connection.isOpen)
                #expect(connection.delegate == nil)
            }
            #expect(await live.closing() == .closed(1006, wasClean: false))
        }
    }

    /// The peer has time to read why, and may still be talking.
    @Test func afterAViolationOnlyOurHalfOfTheStreamEnds() async throws {
        try await LiveServer.run { server in
            let (peer, live) = try await server.connect()
            try await peer.send(RawFrame(opcode: 3))
            #expect(await peer.hear { _ in false } == [.close(1002)])
            let isActive = try await live.perform { $0.context?.channel.isActive }
            #expect(isActive == true)
        }
    }

    /// Closing with bytes unread would reset the connection and destroy the close frame.
    @Test func theCloseFrameArrivesThoughThePeerKeepsTalking() async throws {
        try await LiveServer.run { server in
            let (peer, _) = try await server.connect()
            let chatter = Array(repeating: RawFrame.text(String(repeating: "y", count: 10_000)), count: 100)
            let bytes = RawFrame(opcode: 3).bytes + chatter.flatMap(\.bytes)
            try await peer.channel.writeAndFlush(ByteBuffer(bytes: bytes))
            #expect(await peer.hear { _ in false } == [.close(1002)])
        }
    }

    private static func send(_ text: String, _ connection: WebSocketConnection) {
        let frame = FrameBuffer()
        frame.append(string: text)
        connection.send(text: frame)
    }
}
