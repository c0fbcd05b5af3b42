import NIOCore
import WebSocket

/// A WebSocket to a server, and the app's source of tokens. On its event loop; what happens elsewhere comes back to it.
final class SocketEdge: ClientEdge {
    private let server: ServerURL
    private let connector: NearbyConnector
    private let eventLoop: any EventLoop
    private let token: @Sendable () async throws -> String?
    /// The connection that counts; what others still have to say is ignored.
    private var connection: NearbyConnection?
    private var generation = 0

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
        // Events come on the connection's event loop, in order; they stay in order on the way to ours.
        let receive: @Sendable (NearbyEvent) -> Void = { [eventLoop] event in
            eventLoop.execute { bound.value.edge.received(event, generation, bound.value.driver) }
        }
        Task { [connector, server, eventLoop] in
            do {
                let connection = try await connector.connect(to: server, receive: receive)
                eventLoop.execute { bound.value.edge.opened(connection, generation, bound.value.driver) }
            } catch {
                let code = CloseCode(failure: error)
                eventLoop.execute { bound.value.edge.ended(code, generation, bound.value.driver) }
            }
        }
    }

    private func opened(_ connection: NearbyConnection, _ generation: Int, _ driver: ClientDriver) {
        guard generation == self.generation else { return connection.close() }
        self.connection = connection
        driver.happened { machine, now in machine.opened(now) }
    }

    private func received(_ event: NearbyEvent, _ generation: Int, _ driver: ClientDriver) {
        guard generation == self.generation else { return }
        switch event {
        case .message(let message, let quiet, _):
            driver.happened { machine, now in machine.received(now, message, quiet: quiet) }
        case .closed(let code, _): ended(code, generation, driver)
        }
    }

    private func ended(_ code: CloseCode, _ generation: Int, _ driver: ClientDriver) {
        guard generation == self.generation else { return }
        self.generation += 1
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
        let driver = NIOLoopBound(driver, eventLoop: eventLoop)
        Task { [token, eventLoop] in
            do {
                let token = try await token()
                eventLoop.execute { driver.value.happened { machine, now in machine.tokenGot(now, token) } }
            } catch {
                eventLoop.execute { driver.value.happened { machine, now in machine.tokenFailed(now) } }
            }
        }
    }
}

extension CloseCode {
    /// What a connection that could not be opened counts as: an HTTP answer of a server, or of a balancer before it,
    /// that says there is too much to do is believed; whatever else it was may be better next time.
    init(failure: any Error) {
        self =
            switch failure as? ConnectError {
            case .refused(status: 429), .refused(status: 503): .overloaded
            default: .abnormal
            }
    }
}
