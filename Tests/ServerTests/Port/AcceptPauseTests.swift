import NIOCore
import NIOPosix
import Testing

@testable import Server

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite(.timeLimit(.minutes(1))) struct AcceptPauseTests {
    /// Whether a listener reads right after an error, and a client that is accepted after it.
    private func readsAfter(_ code: CInt) async throws -> Bool {
        let (accepted, continuation) = AsyncStream.makeStream(of: Void.self)
        let group = MultiThreadedEventLoopGroup.singleton
        let listener = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                continuation.yield()
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        try await AcceptPause.install(on: listener, time: .milliseconds(50))
        let reads = try await listener.eventLoop.submit {
            let error = IOError(errnoCode: code, reason: "accept")
            for _ in 0..<3 { listener.pipeline.syncOperations.fireErrorCaught(error) }
            return try listener.syncOptions!.getOption(.autoRead)
        }.get()
        let client = try await ClientBootstrap(group: group).connect(to: listener.localAddress!).get()
        for await _ in accepted { break }
        try await client.close()
        try await listener.close()
        return reads
    }

    @Test(arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM])
    func stopsForAWhileWhenNothingIsLeft(code: CInt) async throws {
        #expect(try await !readsAfter(code))
    }

    @Test func goesOnAfterOtherErrors() async throws {
        #expect(try await readsAfter(ECONNABORTED))
    }
}
