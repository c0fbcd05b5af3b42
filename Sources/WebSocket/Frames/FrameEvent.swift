/// What a parser found. Memory in it is valid until the parser or its scratch is used again.
enum FrameEvent {
    /// A whole message, valid UTF-8.
    case text(UnsafeRawBufferPointer)
    /// A whole message.
    case binary(UnsafeRawBufferPointer)
    case ping(UnsafeRawBufferPointer)
    case pong(UnsafeRawBufferPointer)
    /// The peer's close frame; `noStatus` if it had no payload. Nothing follows.
    case close(CloseCode)
    /// The connection has to be failed. Nothing follows.
    case violation(Violation)
}
