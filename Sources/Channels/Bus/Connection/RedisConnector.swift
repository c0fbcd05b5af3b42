internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import ServiceIdentity

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
            let secure: @Sendable (any Channel, RedisEndpoint) throws -> Void = { channel, endpoint in
                guard url.isEncrypted else { return }
                let handler = try NIOSSLClientHandler.forServer(endpoint.host, context: tls)
                try channel.pipeline.syncOperations.addHandler(handler)
            }
            let open: @Sendable (RedisEndpoint) -> EventLoopFuture<any Channel> = { endpoint in
                // Given up while the sentinels were asked.
                guard !isolated.value.isOver else { return loop.makeFailedFuture(RedisFailure(.stopped)) }
                return bootstrap(settings, loop).channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try secure(channel, endpoint)
                        try channel.pipeline.syncOperations.addHandler(isolated.value)
                    }
                }
                .connect(host: endpoint.host, port: endpoint.port)
            }
            guard let master = url.master else { return open(url.endpoints[0]) }
            let question = SentinelQuestion(master: master, isEncrypted: url.isEncrypted, settings: settings)
            let query = SentinelQuery(
                loop: loop, endpoints: url.endpoints, question: question,
                patience: TimeAmount(settings.sentinelPatience(of: url.endpoints.count)), secure: secure)
            return query.master(turn: connection.turn).flatMap(open)
        }
    }

    private static func bootstrap(_ settings: BusSettings, _ loop: any EventLoop) -> ClientBootstrap {
        ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(settings.connectTimeout))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelOption(
                .writeBufferWaterMark,
                value: .init(low: settings.maximumUnsentBytes / 2, high: settings.maximumUnsentBytes))
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
