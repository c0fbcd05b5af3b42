/// What a connection tells its owner. Every call comes on the connection's event loop.
public protocol WebSocketDelegate: AnyObject {
    /// The handshake is done; sending is allowed from here on. Called once, before all others.
    func opened()

    /// A whole text message, valid UTF-8. The memory is valid only during the call.
    func received(text: UnsafeRawBufferPointer)

    /// A whole binary message. The memory is valid only during the call.
    func received(binary: UnsafeRawBufferPointer)

    /// A pong, asked for or not.
    func receivedPong()

    /// ``WebSocketConnection/isBlocked`` went from `true` to `false`.
    func becameWritable()

    /// The connection is over: nothing more is received, and what is sent is ignored. Called
    /// once, last, and never from inside a call to the connection.
    /// - Parameters:
    ///   - code: The peer's code if it closed first (`noStatus` if it gave none), otherwise
    ///     ours; `abnormal` if neither side sent a close frame.
    ///   - wasClean: Whether both sides sent a close frame.
    func closed(code: CloseCode, wasClean: Bool)
}

extension WebSocketDelegate {
    public func receivedPong() {}
}
