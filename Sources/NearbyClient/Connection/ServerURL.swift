/// Where a server is: `ws://host:port/path`.
public struct ServerURL: Hashable, Sendable {
    static let defaultPath = "/v1/ws"
    private static let scheme = "ws://"
    private static let defaultPort = 80

    public let host: String
    public let port: Int
    /// With its query, if there is one.
    public let path: String

    /// `nil` unless `text` is a `ws:` URL with a host; port 80 and the path `/v1/ws` may be left
    /// out. An address of IPv6 stands in brackets.
    public init?(_ text: String) {
        guard text.lowercased().hasPrefix(Self.scheme) else { return nil }
        let rest = text.dropFirst(Self.scheme.count)
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !rest.contains("#"), !rest.contains("@") else {
            return nil
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest[authority.endIndex...]
        guard let (host, port) = Self.split(authority) else { return nil }
        self.host = String(host)
        self.port = port
        path =
            target.isEmpty || target == "/" ? Self.defaultPath : target.hasPrefix("?") ? "/\(target)" : String(target)
    }

    /// The value of `Host`.
    var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == Self.defaultPort ? name : "\(name):\(port)"
    }

    private static func split(_ authority: Substring) -> (host: Substring, port: Int)? {
        var (host, rest) = (authority.prefix { $0 != ":" }, authority.drop { $0 != ":" })
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[..<end].dropFirst()
            rest = authority[end...].dropFirst()
        }
        guard !host.isEmpty else { return nil }
        if rest.isEmpty { return (host, defaultPort) }
        guard rest.first == ":", let port = UInt16(rest.dropFirst()), port > 0 else { return nil }
        return (host, Int(port))
    }
}
