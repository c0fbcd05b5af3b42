import Testing
import WebSocket

@testable import NearbyClient

/// Connections and tokens that come too late: the client has gone on to the next ones.
@Suite(.timeLimit(.minutes(1))) struct FormerConnectionTests {
    private func nearby(_ server: PatientServer, _ token: @escaping @Sendable () async -> String) -> Nearby {
        let nearby = Nearby(server: server.url) { await token() }
        nearby.move(to: Samples.at(1, 2))
        nearby.start()
        return nearby
    }

    private func startAnew(_ nearby: Nearby) {
        nearby.stop()
        nearby.start()
    }

    /// The user that the first welcome was for.
    private func user(_ nearby: Nearby) async throws -> String {
        for await change in nearby.changes {
            if let settings = change.snapshot.settings, change.snapshot.connection.phase == .online {
                return settings.user
            }
        }
        throw CancellationError()
    }

    private func welcome(_ user: String) -> String {
        Samples.welcome.replacing(#""user":"me""#, with: #""user":"\#(user)""#)
    }

    /// What is said on this connection is heard, and answered on it.
    private func expectToTalk(_ nearby: Nearby, _ guest: PatientGuest) async throws {
        async let done: Void = nearby.block(.user("x"))
        let request = try await guest.hear()
        #expect(request.contains(#""type":"block""#))
        let seq = try #require(request.firstMatch(of: #/"seq":(\d+)/#)?.output.1)
        guest.say(#"{"type":"ok","seq":\#(seq)}"#)
        try await done
        #expect(await nearby.snapshot.connection.attempt == 0)
    }

    @Test func oneThatOpensLateIsClosed() async throws {
        try await PatientServer.run { server in
            let nearby = nearby(server) { "token" }
            let former = try await server.next()
            startAnew(nearby)
            let current = try await server.next()
            current.accept()
            #expect(try await current.hear().contains(#""type":"hello""#))
            former.accept(saying: welcome("former"))
            #expect(try await former.hear().isEmpty == false)
            former.close(1000)
            await former.waitForItsEnd()
            current.say(welcome("current"))
            #expect(try await user(nearby) == "current")
            try await expectToTalk(nearby, current)
        }
    }

    @Test func oneThatIsRefusedLateChangesNothing() async throws {
        try await PatientServer.run { server in
            let nearby = nearby(server) { "token" }
            let former = try await server.next()
            startAnew(nearby)
            let current = try await server.next()
            current.accept()
            _ = try await current.hear()
            current.say(welcome("current"))
            #expect(try await user(nearby) == "current")
            former.refuse()
            await former.waitForItsEnd()
            try await expectToTalk(nearby, current)
        }
    }

    @Test func oneThatClosesLateChangesNothing() async throws {
        try await PatientServer.run { server in
            let nearby = nearby(server) { "token" }
            let former = try await server.next()
            former.accept()
            _ = try await former.hear()
            former.say(welcome("former"))
            #expect(try await user(nearby) == "former")
            startAnew(nearby)
            let current = try await server.next()
            current.accept()
            _ = try await current.hear()
            current.say(welcome("current"))
            #expect(try await user(nearby) == "current")
            former.close(4506)
            await former.waitForItsEnd()
            try await expectToTalk(nearby, current)
        }
    }

    /// Somebody else signs in while the first one's token is on its way.
    @Test func aTokenThatComesLateIsNotUsed() async throws {
        try await PatientServer.run { server in
            let desk = TokenDesk()
            let nearby = nearby(server) { await desk.token() }
            await desk.wait(for: 1)
            startAnew(nearby)
            await desk.wait(for: 2)
            await desk.hand("former", to: 1)
            // Whatever became of it has happened when this is answered.
            for _ in 0..<50 { _ = await nearby.snapshot }
            await desk.hand("current", to: 2)
            let guest = try await server.next()
            guest.accept()
            #expect(try await guest.hear().contains(#""token":"current""#))
            nearby.stop()
        }
    }

    /// What this side complains of ends a connection, not the client: no object, a binary message, no UTF-8, and frames
    /// that there are not.
    @Test(arguments: [[0x81, 0x5B, 0x5D], [0x82, 0x00], [0x81, 0xFF], [0x83], [0x80]] as [[UInt8]])
    func whatCannotBeUnderstoodIsTriedAgain(opcodeAndPayload: [UInt8]) async throws {
        try await PatientServer.run { server in
            let nearby = nearby(server) { "token" }
            let former = try await server.next()
            former.accept()
            _ = try await former.hear()
            former.say(welcome("me"))
            former.say(opcode: opcodeAndPayload[0], Array(opcodeAndPayload.dropFirst()))
            let current = try await server.next()
            current.accept()
            _ = try await current.hear()
            current.say(welcome("current"))
            #expect(try await user(nearby) == "current")
            nearby.stop()
        }
    }
}

/// Where tokens are waited for, by the number of the call.
private actor TokenDesk {
    private var calls: [CheckedContinuation<String, Never>] = []
    private var watchers: [(count: Int, CheckedContinuation<Void, Never>)] = []

    func token() async -> String {
        await withCheckedContinuation { continuation in
            calls.append(continuation)
            for watcher in watchers where watcher.count <= calls.count { watcher.1.resume() }
            watchers.removeAll { $0.count <= calls.count }
        }
    }

    func wait(for count: Int) async {
        if calls.count >= count { return }
        await withCheckedContinuation { watchers.append((count, $0)) }
    }

    func hand(_ token: String, to call: Int) { calls[call - 1].resume(returning: token) }
}
