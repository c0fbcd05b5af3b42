/// Where a Redis server is and how to log in: `redis://[user[:password]@]host[:port][/database]`, or `rediss://` with TLS.
///
/// The password stands nowhere but in what is sent to the server: neither description nor reflection shows it.
public struct RedisURL: Hashable, Sendable {
    public static let defaultPort = 6379
    static let maximumDatabase = 999_999

    public let isEncrypted: Bool
    /// The ACL user; without one and with a password it is `default`.
    public let user: String?
    let password: String?
    /// A name or an address; IPv6 without brackets.
    public let host: String
    public let port: Int
    public let database: Int

    public init(_ text: String) throws(RedisURLError) {
        let (isEncrypted, rest) = try Self.scheme(of: text)
        self.isEncrypted = isEncrypted
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else { throw .tooMuch }
        let (authority, path) = Self.split(rest, at: "/")
        database = try Self.database(path)
        var place = authority
        var (user, password): (String?, String?) = (nil, nil)
        if let at = authority.lastIndex(of: "@") {
            (user, password) = try Self.credentials(authority[..<at])
            place = authority[authority.index(after: at)...]
        }
        self.user = user
        self.password = password
        (host, port) = try Self.hostAndPort(place)
    }

    /// What tells the server from others: `host:port`, in lower case, an IPv6 address in brackets. The ring is over
    /// these names, so that credentials and TLS move no channel.
    public var name: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The address as it may be shown and given again: without user and password.
    public var address: String {
        "\(isEncrypted ? "rediss" : "redis")://\(name)" + (database == 0 ? "" : "/\(database)")
    }

    /// Whether there is a password in it.
    public var hasPassword: Bool { password != nil }

    /// Whether the server is on this machine as its address says.
    public var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension RedisURL {
    private static func scheme(of text: String) throws(RedisURLError) -> (Bool, Substring) {
        for (scheme, isEncrypted) in [("redis://", false), ("rediss://", true)]
        where text.prefix(scheme.count).lowercased() == scheme {
            return (isEncrypted, text.dropFirst(scheme.count))
        }
        throw .badScheme
    }

    private static func split(_ text: Substring, at mark: Character) -> (Substring, Substring?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (text[..<place], text[text.index(after: place)...])
    }

    private static func database(_ path: Substring?) throws(RedisURLError) -> Int {
        guard let path, !path.isEmpty else { return 0 }
        guard !path.contains("/") else { throw .tooMuch }
        guard let number = number(path), number <= maximumDatabase else { throw .badDatabase }
        return number
    }

    private static func credentials(_ text: Substring) throws(RedisURLError) -> (String?, String?) {
        let (user, password) = split(text, at: ":")
        guard let user = decoded(user), let password = decoded(password ?? "") else { throw .badCredentials }
        // A user alone could only log in without a password, which Redis has no command for.
        guard !password.isEmpty else { throw .badCredentials }
        return (user.isEmpty ? nil : user, password)
    }

    private static func hostAndPort(_ text: Substring) throws(RedisURLError) -> (String, Int) {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw .badHost }
            let host = text[text.index(after: text.startIndex)..<end]
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                throw .badHost
            }
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .badPort }
            return (host.lowercased(), try port(rest.isEmpty ? nil : rest.dropFirst()))
        }
        let (host, port) = split(text, at: ":")
        guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(isOfHost) else { throw .badHost }
        return (host.lowercased(), try self.port(port))
    }

    private static func port(_ text: Substring?) throws(RedisURLError) -> Int {
        guard let text else { return defaultPort }
        guard let port = number(text), 1...65_535 ~= port else { throw .badPort }
        return port
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.count <= 6 && text.utf8.allSatisfy { 48...57 ~= $0 } ? Int(text) : nil
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The text with its `%xx` resolved; `nil` if one is broken or the result is no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            rest = rest.dropFirst(2)
            guard digits.count == 2, let value = UInt8(Substring(digits), radix: 16), digits.first != UInt8(ascii: "+")
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension RedisURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address without user and password.
    public var description: String { "\(isEncrypted ? "rediss" : "redis")://\(name)/\(database)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
