import NIOCore
import WebSocket

/// A WebSocket to a server, and the app's source of tokens. On one event loop with its connections; tokens come to it.
final class SocketEdge: ClientEdge {
    private let server: ServerURL
    private let connector: NearbyConnector
    private let eventLoop: any EventLoop
    private let token: @Sendable () async throws -> String?
    /// The connection that counts; what others still have to say is ignored.
    private var connection: NearbyConnection?
    private var generation = 0
    /// How often a token was asked for. What comes of all but the last time is not wanted any more.
    private var fetches = 0

    init(
        server: ServerURL, connector: NearbyConnector, eventLoop: any EventLoop,
        token: @escaping @Sendable () async throws -> String?
    ) {
        self.server = server
        self.connector = connector
        self.eventLoop = eventLoop
        self.token = token
    }

    // MARK: The connection

    func open(for driver: ClientDriver) {
        generation += 1
        let generation = generation
        let bound = NIOLoopBound((edge: self, driver: driver), eventLoop: eventLoop)
        let connecting = connector.connect(to: server, on: eventLoop) { event in
            bound.value.edge.received(event, generation, bound.value.driver)
        }
        connecting.assumeIsolated().whenComplete { self.connected($0, generation, driver) }
    }

    private func connected(
        _ result: Result<NearbyConnection, any Error>, _ generation: Int, _ driver: ClientDriver
    ) {
        guard generation == self.generation else {
            if case .success(let connection) = result { connection.close() }
            return
        }
        switch result {
        case .success(let connection):
            self.connection = connection
            driver.happened { machine, now in machine.opened(now) }
        case .failure(let error): ended(CloseCode(failure: error), driver)
        }
    }

    private func received(_ event: NearbyEvent, _ generation: Int, _ driver: ClientDriver) {
        guard generation == self.generation else { return }
        switch event {
        case .message(let message, let quiet, _):
            driver.happened { machine, now in machine.received(now, message, quiet: quiet) }
        case .unreadable: driver.happened { machine, now in machine.receivedUnreadable(now) }
        // What this side complains of is no word of the server's on coming back.
        case .closed(let code, let wasClean): ended(wasClean ? code : .abnormal, driver)
        }
    }

    private func ended(_ code: CloseCode, _ driver: ClientDriver) {
        generation += 1
        connection = nil
        driver.happened { machine, now in machine.closed(now, code) }
    }

    func send(_ message: ClientMessage, seq: Int64?) { connection?.send(message, seq: seq) }

    func close(_ code: CloseCode) {
        generation += 1
        connection?.close(code: code)
        connection = nil
    }

    // MARK: Tokens

    func fetchToken(for driver: ClientDriver) {
        fetches += 1
        let fetch = fetches
        let bound = NIOLoopBound((edge: self, driver: driver), eventLoop: eventLoop)
        Task { [token, eventLoop] in
            do {
                let token = try await token()
                eventLoop.execute { bound.value.edge.fetched(fetch, bound.value.driver) { $0.tokenGot($1, token) } }
            } catch {
                eventLoop.execute { bound.value.edge.fetched(fetch, bound.value.driver) { $0.tokenFailed($1) } }
            }
        }
    }

    /// Somebody else may have signed in since an earlier one was asked for.
    private func fetched(_ fetch: Int, _ driver: ClientDriver, _ tell: (inout ClientMachine, Moment) -> Void) {
        if fetch == fetches { driver.happened(tell) }
    }
}
