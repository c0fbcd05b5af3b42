import NIOCore
import NIOPosix
import TestServers
import Testing

@testable import ChannelBus

@Suite("Asking sentinels")
struct SentinelQueryTests {
    private static let good = "*2\r\n$9\r\n127.0.0.1\r\n$4\r\n7001\r\n"

    private func ask(
        _ ports: [Int], turn: Int = 0, settings: BusSettings = BusSettings(), isEncrypted: Bool = false
    ) async throws -> RedisEndpoint {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let query = SentinelQuery(
            loop: loop, endpoints: ports.map { RedisEndpoint(host: "127.0.0.1", port: "\($0)")! },
            question: SentinelQuestion(master: "places", isEncrypted: isEncrypted, settings: settings),
            patience: TimeAmount(settings.sentinelPatience(of: ports.count)), secure: { _, _ in })
        return try await query.master(turn: turn).get()
    }

    @Test("One question, and where the master is")
    func answer() async throws {
        try await FakeSentinel.run(Self.good) { sentinel in
            let master = try await ask([sentinel.port])
            #expect(master.description == "127.0.0.1:7001")
            #expect(sentinel.asked == ["*3\r\n$8\r\nSENTINEL\r\n$23\r\nGET-MASTER-ADDR-BY-NAME\r\n$6\r\nplaces\r\n"])
        }
    }

    @Test(
        "What is no answer is a failure, soon, and reaches no trap",
        arguments: [
            (nil, RedisFailure.Code.silent), ("", .closed), ("*-1\r\n", .refused),
            ("-NOAUTH Authentication required.\r\n", .refused), ("+OK\r\n", .malformed), (":1\r\n", .malformed),
            ("*0\r\n", .malformed), ("*1\r\n$1\r\na\r\n", .malformed), ("*2\r\n$1\r\na\r\n$-1\r\n", .malformed),
            ("*3\r\n$1\r\na\r\n$1\r\n1\r\n$1\r\n1\r\n", .malformed), ("*2\r\n$1\r\na\r\n*0\r\n", .malformed),
            ("*2\r\n$0\r\n\r\n$1\r\n1\r\n", .malformed), ("*2\r\n$1\r\na\r\n$1\r\n0\r\n", .malformed),
            ("*2\r\n$1\r\na\r\n$5\r\n65536\r\n", .malformed), ("*2\r\n$1\r\na\r\n$2\r\n-1\r\n", .malformed),
            ("*2\r\n$3\r\na b\r\n$1\r\n1\r\n", .malformed), ("*2\r\n$2\r\n\u{7}/\r\n$1\r\n1\r\n", .malformed),
            ("*999999\r\n", .malformed), ("$9999999\r\nx", .silent), ("HTTP/1.1 400 Bad Request\r\n\r\n", .malformed),
            ("*2\r\n$8\r\n10.0.0.1\r\n$4\r\n6379\r\n", .untrusted),
        ] as [(String?, RedisFailure.Code)])
    func hostile(reply: String?, code: RedisFailure.Code) async throws {
        var settings = BusSettings()
        settings.connectTimeout = .milliseconds(400)
        try await FakeSentinel.run(reply) { sentinel in
            let error = await #expect(throws: RedisFailure.self) { try await ask([sentinel.port], settings: settings) }
            #expect(error?.code == code, "\(String(describing: error))")
        }
    }

    @Test("More bytes than an answer may have end it")
    func endless() async throws {
        let reply = "$9000\r\n" + String(repeating: "x", count: 8_000)
        try await FakeSentinel.run(reply) { sentinel in
            let error = await #expect(throws: RedisFailure.self) { try await ask([sentinel.port]) }
            #expect(error?.code == .malformed)
        }
    }

    @Test("Another machine is named only to those who speak TLS to it, or are allowed to do without")
    func elsewhere() async throws {
        try await FakeSentinel.run("*2\r\n$8\r\n10.0.0.1\r\n$4\r\n6379\r\n") { sentinel in
            let encrypted = try await ask([sentinel.port], isEncrypted: true)
            #expect(encrypted.host == "10.0.0.1")
            var settings = BusSettings()
            settings.allowsPlaintext = true
            let allowed = try await ask([sentinel.port], settings: settings)
            #expect(allowed.host == "10.0.0.1")
        }
    }

    @Test("Sentinels that are dead, silent or know nothing are passed over, in time; each attempt begins with another")
    func inTurn() async throws {
        let dead = try RedisServer.freePort()
        try await FakeSentinel.run(nil) { silent in
            try await FakeSentinel.run("*-1\r\n") { ignorant in
                try await FakeSentinel.run(Self.good) { good in
                    let ports = [dead, silent.port, ignorant.port, good.port]
                    let start = ContinuousClock.now
                    let master = try await ask(ports)
                    #expect(master.port == 7001)
                    #expect(ContinuousClock.now - start < BusSettings().connectTimeout)
                    #expect(silent.asked.count == 1 && ignorant.asked.count == 1 && good.asked.count == 1)
                    #expect(try await ask(ports, turn: 7).port == 7001)
                    #expect(silent.asked.count == 1 && good.asked.count == 2)
                    #expect(try await ask(ports, turn: 2).port == 7001)
                    #expect(silent.asked.count == 1 && ignorant.asked.count == 2 && good.asked.count == 3)
                }
            }
        }
    }
}
