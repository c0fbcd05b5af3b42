import Testing
import WebSocket

@testable import NearbyClient

@Suite(.timeLimit(.minutes(1))) struct SocketEdgeTests {
    private struct NoToken: Error {}

    @Test func aTokenSourceThatFails() async {
        let nearby = Nearby(server: ServerURL("ws://127.0.0.1:1")!) { throw NoToken() }
        nearby.move(to: Samples.at(1, 2))
        nearby.start()
        for await change in nearby.changes where change.snapshot.connection.reason == .noToken { return }
        Issue.record("the failure is not told")
    }

    /// As if some tries had failed already: everyone comes at once otherwise.
    @Test(arguments: [429, 503]) func serversThatHaveTooMuchToDo(status: Int) {
        #expect(CloseCode(failure: ConnectError.refused(status: status)) == .overloaded)
    }

    @Test(arguments: [ConnectError.refused(status: 500), .untrusted, .closed, .timedOut, .invalidResponse])
    func whateverMayBeBetterNextTime(error: ConnectError) {
        #expect(CloseCode(failure: error) == .abnormal)
    }
}
