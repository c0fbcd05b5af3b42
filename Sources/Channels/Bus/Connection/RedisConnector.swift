internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// How connections are made; in tests it makes embedded ones.
struct RedisConnector: Sendable {
    /// Starts a connection that ends up in a channel with the handler in it.
    let connect: @Sendable (RedisConnection, any EventLoop) -> EventLoopFuture<any Channel>

    /// Over TCP, with TLS for `rediss://`.
    ///
    /// - Throws: when certificates cannot be loaded.
    static func sockets(_ settings: BusSettings) throws(BusError) -> RedisConnector {
        let tls = try context(settings.tls)
        return RedisConnector { connection, loop in
            let isolated = NIOLoopBound(connection, eventLoop: loop)
            let url = connection.url
            return ClientBootstrap(group: loop)
                .connectTimeout(TimeAmount(settings.connectTimeout))
                .channelOption(.socketOption(.tcp_nodelay), value: 1)
                .channelOption(
                    .writeBufferWaterMark,
                    value: .init(low: settings.maximumUnsentBytes / 2, high: settings.maximumUnsentBytes)
                )
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if url.isEncrypted { try channel.pipeline.syncOperations.addHandler(handler(tls, url)) }
                        try channel.pipeline.syncOperations.addHandler(isolated.value)
                    }
                }
                .connect(host: url.host, port: url.port)
        }
    }

    private static func handler(_ context: NIOSSLContext, _ url: RedisURL) throws -> NIOSSLClientHandler {
        // Without a name the certificate has to be for the address.
        let isAddress = (try? SocketAddress(ipAddress: url.host, port: url.port)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : url.host)
    }

    private static func context(_ tls: BusTLS) throws(BusError) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        do {
            if case .file(let path) = tls.roots {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw BusError(.badTrust, "\(error)")
        }
    }
}
