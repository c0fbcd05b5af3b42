import Foundation
import Geo
import NearbyClient
import Server
import Synchronization
import WebSocket

/// One person of the demo as a real client: connects, says hello, walks and tells where it is, until its task is
/// cancelled or the server stops.
struct DemoClient: Sendable {
    private static let reconnectMilliseconds = Int64(3_000)
    /// Random, so that a server that comes back does not get everybody at once.
    private static var anyPause: Duration { .milliseconds(Int64.random(in: 0...reconnectMilliseconds)) }
    private static let tokenMilliseconds: Int64 = 24 * 3_600 * 1_000

    let person: DemoPerson
    /// Where it starts; somewhere unless given.
    var start: DemoCity.Corner?
    let server: ServerURL
    /// Whether it comes back after a restart: the server is not the one that this process runs.
    var comesBack = false
    let connector: NearbyConnector
    let issuer: TokenIssuer
    /// Metres are the server's business unless given.
    var radius: Radius?
    /// Between two locations.
    let interval: Duration
    /// Whether somebody at the map page moves this person from now on.
    let isTaken: @Sendable () -> Bool
    var moved: @Sendable (DemoWalk) -> Void = { _ in }
    var receive: @Sendable (ServerMessage) -> Void = { _ in }
    var failed: @Sendable (any Error) -> Void = { _ in }

    /// Throws nothing but `CancellationError`.
    func run() async throws {
        var walk = DemoWalk(pace: person.pace, start: start, seed: person.seed)
        while !isTaken() {
            do {
                let end = try await session(&walk)
                // The server stops; there is nothing to come back to.
                if end.code == .restart, !comesBack { return }
                if !isTaken() { try await Task.sleep(for: end.pause ?? Self.anyPause) }
                continue
            } catch let error where !(error is CancellationError) {
                // No room for a connection, a machine that slept, a server about to stop: time will tell.
                failed(error)
            }
            if !isTaken() { try await Task.sleep(for: Self.anyPause) }
        }
    }

    /// One connection, to its end. Returns the code of that, and how long the server asked to stay away.
    private func session(_ walk: inout DemoWalk) async throws -> (code: CloseCode, pause: Duration?) {
        let news = News()
        let connection = try await connector.connect(to: server) { [receive] event in
            switch event {
            case .message(let message, _, _):
                news.take(message)
                receive(message)
            case .closed(let code, _): news.close(code)
            }
        }
        defer { connection.close() }
        moved(walk)
        connection.send(.hello(hello(walk)))
        var before = ContinuousClock.now
        while true {
            try await Task.sleep(for: interval)
            if let end = news.end { return end }
            if isTaken() { return (.normal, nil) }
            let now = ContinuousClock.now
            walk.advance(seconds: (now - before) / .seconds(1))
            before = now
            moved(walk)
            connection.send(.location(fix(walk)))
            // An opt-in ends after an hour; a person would be asked again.
            if news.takeOptInEnded() { connection.send(.strangers(.init(isOn: true))) }
        }
    }

    private func hello(_ walk: DemoWalk) -> ClientMessage.Hello {
        let now = Self.wall
        let token = issuer.token(for: person.id, expires: now + Self.tokenMilliseconds, issued: now)
        return .init(
            token: token, fix: fix(walk), radius: radius, strangers: person.meetsStrangers ? .init(isOn: true) : nil)
    }

    private func fix(_ walk: DemoWalk) -> Fix {
        Fix(position: walk.coordinate, timestamp: Self.wall)
    }

    private static var wall: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
}

extension DemoClient {
    /// What the connection's event loop leaves for the walker.
    private final class News: Sendable {
        private struct State {
            var endCode: CloseCode?
            var pause: Duration?
            var optInEnded = false
        }

        private let state = Mutex(State())

        /// How the connection has ended, if it has.
        var end: (code: CloseCode, pause: Duration?)? {
            state.withLock { state in state.endCode.map { ($0, state.pause) } }
        }

        func close(_ code: CloseCode) { state.withLock { $0.endCode = code } }

        func take(_ message: ServerMessage) {
            switch message {
            case .strangers(.off(reason: "expired"), _): state.withLock { $0.optInEnded = true }
            case .reconnect(let milliseconds, _): state.withLock { $0.pause = .milliseconds(milliseconds) }
            default: break
            }
        }

        func takeOptInEnded() -> Bool {
            state.withLock { state in
                defer { state.optInEnded = false }
                return state.optInEnded
            }
        }
    }
}
