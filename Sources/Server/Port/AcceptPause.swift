import NIOCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Stops accepting for a while when the process has no descriptor, or the system no memory, left.
///
/// NIO's own back-off does not act here: after a failed accept its listener still counts as
/// wanting to read (2.101.2), so it is never asked to wait and the event loop tries again at once,
/// thousands of times a second, until a connection closes.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    /// How long nothing is accepted; the kernel's queue keeps who comes meanwhile.
    static let time = TimeAmount.seconds(1)

    private let time: TimeAmount
    private var isPaused = false

    init(time: TimeAmount = AcceptPause.time) { self.time = time }

    /// Installs it on a listener.
    static func install(on listener: any Channel, time: TimeAmount = AcceptPause.time) async throws {
        try await listener.eventLoop.submit {
            try listener.pipeline.syncOperations.addHandler(AcceptPause(time: time), position: .first)
        }.get()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? IOError, Self.isExhaustion(error.errnoCode) { pause(context.channel) }
        context.fireErrorCaught(error)
    }

    private static func isExhaustion(_ code: CInt) -> Bool {
        code == EMFILE || code == ENFILE || code == ENOBUFS || code == ENOMEM
    }

    private func pause(_ listener: any Channel) {
        guard !isPaused else { return }
        isPaused = true
        try? listener.syncOptions?.setOption(.autoRead, value: false)
        listener.eventLoop.assumeIsolated().scheduleTask(in: time) {
            self.isPaused = false
            try? listener.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
