import NIOEmbedded
import Synchronization
import Testing
import WebSocket

@testable import NearbyClient

/// What a client is made with when nobody says otherwise.
@Suite struct NearbyDefaultsTests {
    /// Clients that were cut off together come back apart: each of many waits another while, from all of the first
    /// pause, 0.5 s.
    @Test func pausesAreRandom() {
        let loop = EmbeddedEventLoop()
        let clients = (0..<400).map { _ in
            Nearby(wishes: .init(), eventLoop: loop, clock: { Moment(uptime: 0, wall: 0) }, edge: { TokenlessEdge() })
        }
        let pauses = Mutex<[Int64]>([])
        for client in clients {
            client.move(to: Samples.at(1, 2))
            client.start()
            client.handle.perform { driver in
                pauses.withLock { $0.append(driver?.snapshot.connection.retryAt ?? -1) }
            }
        }
        loop.run()
        pauses.withLock { pauses in
            #expect(pauses.count == 400 && pauses.allSatisfy { (0...500).contains($0) })
            #expect(pauses.min()! < 50 && pauses.max()! > 450 && Set(pauses).count > 150)
        }
    }

    /// Times are those of the machine.
    @Test func clocksAreReal() {
        let loop = EmbeddedEventLoop()
        let client = Nearby(wishes: .init(), eventLoop: loop, edge: { TokenlessEdge() })
        let before = Moment.now
        client.move(to: Samples.at(1, 2))
        client.start()
        let retryAt = Mutex<Int64?>(nil)
        client.handle.perform { driver in retryAt.withLock { $0 = driver?.snapshot.connection.retryAt } }
        loop.run()
        let range = before.wall - 1...Moment.now.wall + 501
        #expect(retryAt.withLock { $0.map(range.contains) } == true)
    }

    /// As many as one likes share threads: a client lives where its connector has its connections.
    @Test func clientsShareThreads() {
        let loops = Set((0..<100).map { _ in ObjectIdentifier(client().handle.eventLoop) })
        let shared = Set((0..<100).map { _ in ObjectIdentifier(NearbyConnector.shared.nextEventLoop()) })
        #expect(loops.isSubset(of: shared))
    }

    private func client() -> Nearby { Nearby(server: ServerURL("ws://127.0.0.1:1")!) { nil } }
}

/// There is never a token to be had.
private final class TokenlessEdge: ClientEdge {
    func open(for driver: ClientDriver) {}
    func send(_ message: ClientMessage, seq: Int64?) {}
    func close(_ code: CloseCode) {}
    func fetchToken(for driver: ClientDriver) { driver.happened { machine, now in machine.tokenFailed(now) } }
}
