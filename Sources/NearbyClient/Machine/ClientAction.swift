import WebSocket

/// What the machine wants done, in this order.
enum ClientAction: Sendable {
    /// Ask the app for a token.
    case fetchToken
    /// Open a connection.
    case open
    case send(ClientMessage, seq: Int64?)
    /// Close the connection; nothing more of it is to be reported.
    case close(CloseCode)
    /// A request has its outcome: the server's answer, or why there is none.
    case settle(Int, Result<ServerMessage, NearbyError>)
}
