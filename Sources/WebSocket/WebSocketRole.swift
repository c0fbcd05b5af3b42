/// Which side of a connection this is: a client masks what it sends, a server must not.
public enum WebSocketRole: Sendable {
    case server
    case client
}
