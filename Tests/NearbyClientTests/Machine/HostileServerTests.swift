import Testing
import WebSocket

@testable import NearbyClient

/// A server may say anything: the client does not trap, does not spin, and does not fall silent for good.
@Suite struct HostileServerTests {
    private static let token = "e30.eyJzdWIiOiJhbm5hIiwiZXhwIjoxNzAwMDg2NDAwfQ.c2ln"

    private func online(_ changes: (String) -> String = { $0 }) throws -> MachineSubject {
        let subject = MachineSubject(wishes: .init(), start: 1_700_000_000_000, random: 0.5)
        subject.start()
        subject.move(Fix(position: Samples.at(40.75, -73.98), timestamp: subject.now))
        subject.tokenGot(Self.token)
        subject.opened()
        subject.receive(changes(Samples.welcome))
        return subject
    }

    private func sends(_ subject: MachineSubject, in milliseconds: Int64) throws -> Int {
        _ = subject.takeOutputs()
        try subject.wait(milliseconds: milliseconds)
        return subject.takeOutputs().count
    }

    @Test(arguments: ["0", "-5", "0.0001", "1e300"]) func timesOfAWelcome(seconds: String) throws {
        let subject = try online {
            $0.replacing(#/"update_every_s":[0-9.]+/#, with: "\"update_every_s\":\(seconds)")
                .replacing(#/"stale_after_s":[0-9.]+/#, with: "\"stale_after_s\":\(seconds)")
        }
        #expect(try sends(subject, in: 10_000) <= 11)
        subject.closed(.abnormal)
        try subject.wait(milliseconds: 100_000)
    }

    @Test(arguments: ["0", "-1", "1e300"]) func quiet(seconds: String) throws {
        let subject = try online()
        subject.receive(#"{"type":"future","quiet":{"for_s":\#(seconds),"within_m":1e300}}"#)
        #expect(try sends(subject, in: 10_000) <= 11)
        // However long it may be silent, it is not for longer than five minutes.
        #expect(try sends(subject, in: 300_000) >= 1)
    }

    @Test(arguments: [Int64.min, -1, 0, .max]) func pauses(milliseconds: Int64) throws {
        let subject = try online()
        subject.receive(#"{"type":"reconnect","after_ms":\#(max(milliseconds, -.max)),"reason":""}"#)
        subject.request(.block(.user("bob")), as: "block")
        subject.receive(
            #"{"type":"error","seq":1,"code":"rate_limited","message":"","retry_after_ms":\#(max(milliseconds, -.max))}"#
        )
        try subject.wait(milliseconds: 1_000)
        subject.closed(.restart)
        try subject.wait(milliseconds: 1_000)
        #expect(milliseconds == .max || subject.takeOutputs().contains { $0.name == "open" })
    }

    /// A timer can be set to any of them.
    @Test(arguments: [-1, Int64.max]) func pausesOfTheWholeClient(milliseconds: Int64) throws {
        let subject = NearbySubject(wishes: .init(), start: 1_700_000_000_000, random: 0.5)
        subject.start()
        subject.move(Fix(position: Samples.at(40.75, -73.98), timestamp: subject.now))
        subject.tokenGot(Self.token)
        subject.opened()
        subject.receive(Samples.welcome)
        subject.receive(#"{"type":"reconnect","after_ms":\#(milliseconds),"reason":""}"#)
        subject.closed(.restart)
        try subject.wait(milliseconds: 1_000)
        #expect(subject.takeOutputs().filter { $0.name == "open" }.count == (milliseconds < 0 ? 2 : 1))
    }

    @Test func tokensThatAreNone() {
        for text in ["", ".", "a.b.c", "e30.e30.x", "e30.eyJleHAiOjFlMzAwfQ.x", "e30.eyJleHAiOiJ4In0.x"] {
            #expect(TokenClaims.expiry(of: text) == nil)
        }
        #expect(TokenClaims.expiry(of: Self.token) == 1_700_086_400_000)
    }
}
