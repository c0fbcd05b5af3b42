import NIOCore
import WebSocket

/// A connection's side on its event loop: texts become messages and messages become frames.
final class ClientSession: WebSocketDelegate {
    private let loop: ClientLoop
    private let connection: WebSocketConnection
    private let receive: @Sendable (NearbyEvent) -> Void
    /// The newest location that could not be sent yet.
    private var pendingLocation: ClientMessage?

    init(
        loop: ClientLoop, connection: WebSocketConnection, receive: @escaping @Sendable (NearbyEvent) -> Void
    ) {
        self.loop = loop
        self.connection = connection
        self.receive = receive
    }

    func send(_ message: ClientMessage, seq: Int64?) {
        if case .location = message {
            // Whatever waits is older than this one.
            pendingLocation = nil
            if seq == nil, connection.isBlocked { return pendingLocation = message }
        }
        message.encode(into: loop.frame, seq: seq)
        connection.send(text: loop.frame)
    }

    func send(text: String) {
        loop.frame.reset()
        loop.frame.append(string: text)
        connection.send(text: loop.frame)
    }

    func close(_ code: CloseCode) { connection.close(code: code) }

    func opened() {}

    func received(text: UnsafeRawBufferPointer) {
        let arrived = ContinuousClock.now
        do {
            var quiet: Quiet?
            let message = try ServerMessage(json: text, quiet: &quiet)
            receive(.message(message, quiet: quiet, arrived: arrived))
        } catch {
            giveUp()
        }
    }

    func received(binary: UnsafeRawBufferPointer) { giveUp() }

    private func giveUp() {
        connection.close(code: .givenUp, reason: "not a message of this protocol")
        receive(.unreadable)
    }

    func becameWritable() {
        guard let location = pendingLocation else { return }
        pendingLocation = nil
        send(location, seq: nil)
    }

    func closed(code: CloseCode, wasClean: Bool) {
        receive(.closed(code: code, wasClean: wasClean))
    }
}
