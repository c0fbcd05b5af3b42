import NIOCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension Channel {
    /// Sets a socket up for small frames that must not wait: no Nagle delay, not more than a few
    /// frames unsent in the kernel (they would be stale when they leave), the end of a peer
    /// that does not acknowledge, and small receive buffers. What a channel does not know is left.
    func applyWebSocketOptions() {
        let receive = AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 512, maximum: 65536)
        try? syncOptions?.setOption(.recvAllocator, value: receive)
        try? syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        try? syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
        try? syncOptions?.setOption(
            .tcpOption(.init(rawValue: CInt(TCP_NOTSENT_LOWAT))), value: SocketTuning.unsentBytes)
        #if os(Linux)
            try? syncOptions?.setOption(
                .tcpOption(.init(rawValue: CInt(TCP_USER_TIMEOUT))),
                value: SocketTuning.unacknowledgedMilliseconds)
        #endif
    }
}

private enum SocketTuning {
    /// Bytes that may wait unsent in the kernel before a socket counts as not writable.
    static let unsentBytes = 16 * 1024
    /// How long sent bytes may stay unacknowledged before the kernel gives the peer up.
    static let unacknowledgedMilliseconds = 30_000
}
