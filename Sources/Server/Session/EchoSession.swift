import WebSocket

/// `/v1/echo`: says back what it hears, through the same pipeline as every session, for conformance suites.
final class EchoSession: WebSocketDelegate {
    private let connection: WebSocketConnection
    private let frame: FrameBuffer

    /// - Parameter frame: the loop's; used during a call only.
    init(connection: WebSocketConnection, frame: FrameBuffer) {
        self.connection = connection
        self.frame = frame
    }

    func opened() {}
    func becameWritable() {}
    func closed(code: CloseCode, wasClean: Bool) {}

    func received(text: UnsafeRawBufferPointer) {
        frame.reset()
        frame.append(bytes: text)
        connection.send(text: frame)
    }

    func received(binary: UnsafeRawBufferPointer) {
        frame.reset()
        frame.append(bytes: binary)
        connection.send(binary: frame)
    }
}
