/// Where a server is: `wss://host:port/path`, or `ws:` without encryption, which is for the own machine and for tests.
public struct ServerURL: Hashable, Sendable {
    static let defaultPath = "/v1/ws"
    private static let schemes = [(text: "ws://", isSecure: false), (text: "wss://", isSecure: true)]
    private static let defaultPort = 80
    private static let defaultSecurePort = 443

    /// Whether the connection is encrypted and the server has to prove who it is.
    public let isSecure: Bool
    public let host: String
    public let port: Int
    /// With its query, if there is one.
    public let path: String

    /// `nil` unless `text` is a `wss:` or `ws:` URL with a host; the ports 443 and 80 and the path `/v1/ws` may be
    /// left out. An address of IPv6 stands in brackets.
    public init?(_ text: String) {
        let lowercased = text.lowercased()
        guard let scheme = Self.schemes.first(where: { lowercased.hasPrefix($0.text) }) else { return nil }
        let rest = text.dropFirst(scheme.text.count)
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !rest.contains("#"), !rest.contains("@") else {
            return nil
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest[authority.endIndex...]
        guard let (host, port) = Self.split(authority, scheme.isSecure) else { return nil }
        isSecure = scheme.isSecure
        self.host = String(host)
        self.port = port
        path =
            target.isEmpty || target == "/" ? Self.defaultPath : target.hasPrefix("?") ? "/\(target)" : String(target)
    }

    /// The value of `Host`.
    var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == Self.port(isSecure) ? name : "\(name):\(port)"
    }

    private static func port(_ isSecure: Bool) -> Int { isSecure ? defaultSecurePort : defaultPort }

    private static func split(_ authority: Substring, _ isSecure: Bool) -> (host: Substring, port: Int)? {
        var (host, rest) = (authority.prefix { $0 != ":" }, authority.drop { $0 != ":" })
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[..<end].dropFirst()
            rest = authority[end...].dropFirst()
        }
        guard !host.isEmpty else { return nil }
        if rest.isEmpty { return (host, port(isSecure)) }
        guard rest.first == ":", let port = UInt16(rest.dropFirst()), port > 0 else { return nil }
        return (host, Int(port))
    }
}
