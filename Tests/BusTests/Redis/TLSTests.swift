import ChannelBus
import Channels
import NIOCore
import NIOPosix
import TestServers
import Testing

@Suite(
    "TLS to Redis",
    .enabled(if: RedisServer.isInstalled && Certificates.isPossible, "redis-server or openssl is not installed"))
struct TLSTests {
    private func settings(trusting path: String) -> BusSettings {
        var settings = BusSettings()
        settings.tls.roots = .file(path: path)
        return settings
    }

    @Test("A server with a certificate for its address or name: states flow", arguments: ["127.0.0.1", "localhost"])
    func trusted(host: String) async throws {
        try await Certificates.make(for: "IP:127.0.0.1,DNS:localhost") { certificates in
            let port = try RedisServer.freePort()
            try await RedisServer.run(certificates.arguments(port: port), port: port) { _ in
                let ring = try BusRing(parsing: ["rediss://\(host):\(port)"])
                let settings = settings(trusting: certificates.authority)
                try await RedisBus.run(ring, settings: settings, process: 1) { one, _ in
                    try await RedisBus.run(ring, settings: settings, process: 2) { two, told in
                        try await two.hear([.number(1)])
                        one.publish(.sample(9), of: .number(1))
                        await eventually { told.now.newest[1]?.timestamp == 9 }
                    }
                }
            }
        }
    }

    /// Though the address that a name leads to is in the certificate.
    @Test(
        "A certificate for another name, or of another authority, is not trusted",
        arguments: [
            ("127.0.0.1", "IP:127.0.0.2,DNS:elsewhere.example", false), ("127.0.0.1", "IP:127.0.0.1", true),
            ("localhost", "IP:127.0.0.1,IP:::1,DNS:elsewhere.example", false),
        ])
    func untrusted(host: String, names: String, isOtherAuthority: Bool) async throws {
        try await Certificates.make(for: names) { certificates in
            try await Certificates.make(for: names) { others in
                let port = try RedisServer.freePort()
                try await RedisServer.run(certificates.arguments(port: port), port: port) { _ in
                    let ring = try BusRing(parsing: ["rediss://\(host):\(port)"])
                    let authority = isOtherAuthority ? others.authority : certificates.authority
                    try await RedisBus.run(ring, settings: settings(trusting: authority), process: 1) { bus, told in
                        await eventually { bus.servers.first?.isDown == true }
                        await eventually {
                            guard case .down(let failure) = told.now.servers.first?.state else { return false }
                            return failure.code == .untrusted
                        }
                    }
                }
            }
        }
    }

    @Test("Plain redis:// leaves this machine only if that is allowed")
    func plaintext() throws {
        let ring = try BusRing(parsing: ["redis://redis.example:6379"])
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        #expect(throws: BusError.self) {
            try RedisBus(ring: ring, on: loop, logger: quiet)
        }
        var settings = BusSettings()
        settings.allowsPlaintext = true
        #expect(throws: Never.self) {
            try RedisBus(ring: ring, settings: settings, on: loop, logger: quiet)
        }
        settings.allowsPlaintext = false
        let encrypted = try BusRing(parsing: ["rediss://redis.example:6379"])
        #expect(throws: Never.self) {
            try RedisBus(ring: encrypted, settings: settings, on: loop, logger: quiet)
        }
    }
}
