/// Where a Redis server is and how to log in: `redis://[user[:password]@]host[:port][/database]`, or `rediss://` with TLS.
///
/// Or where its sentinels are, who know which of several servers is the master:
/// `redis+sentinel://[user[:password]@]host[:port][,host[:port]…]/master`, or `rediss+sentinel://` with TLS to them and
/// to the servers. User and password are the servers'; sentinels are asked without.
///
/// The password stands nowhere but in what is sent to the server: neither description nor reflection shows it.
public struct RedisURL: Hashable, Sendable {
    public static let defaultPort = 6379
    public static let defaultSentinelPort = 26_379
    /// The most sentinels of one server.
    public static let maximumSentinels = 9
    static let maximumDatabase = 999_999

    public let isEncrypted: Bool
    /// The ACL user; without one and with a password it is `default`.
    public let user: String?
    let password: String?
    /// The server; or its sentinels, 1 to ``maximumSentinels``.
    let endpoints: [RedisEndpoint]
    /// What the sentinels call the server; `nil` without sentinels.
    public let master: String?
    public let database: Int

    public init(_ text: String) throws(RedisURLError) {
        let (scheme, rest) = try RedisScheme.of(text)
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else { throw .tooMuch }
        isEncrypted = scheme.isEncrypted
        let (authority, path) = Self.split(rest, at: "/")
        var place = authority
        var (user, password): (String?, String?) = (nil, nil)
        if let at = authority.lastIndex(of: "@") {
            (user, password) = try Self.credentials(authority[..<at])
            place = authority[authority.index(after: at)...]
        }
        self.user = user
        self.password = password
        if scheme.hasSentinels {
            master = try Self.master(path)
            database = 0
            endpoints = try Self.sentinels(place)
        } else {
            master = nil
            database = try Self.database(path)
            endpoints = [try RedisEndpoint(place, defaultPort: Self.defaultPort)]
        }
    }

    /// A name or an address, IPv6 without brackets; with sentinels, that of the first.
    public var host: String { endpoints[0].host }
    public var port: Int { endpoints[0].port }

    /// What tells the server from others: `host:port`, in lower case, an IPv6 address in brackets; with sentinels the
    /// name of the master. The ring is over these names, so that neither credentials, TLS nor a promotion moves a
    /// channel.
    public var name: String { master ?? endpoints[0].description }

    /// The address as it may be shown and given again: without user and password.
    public var address: String {
        let places = endpoints.map(\.description).joined(separator: ",")
        let scheme = RedisScheme(isEncrypted: isEncrypted, hasSentinels: master != nil)
        return scheme.text + places + (master.map { "/\($0)" } ?? (database == 0 ? "" : "/\(database)"))
    }

    /// Whether there is a password in it.
    public var hasPassword: Bool { password != nil }

    /// Whether the server, or every sentinel, is on this machine as its address says.
    public var isLoopback: Bool { endpoints.allSatisfy(\.isLoopback) }
}

extension RedisURL {
    private static func split(_ text: Substring, at mark: Character) -> (Substring, Substring?) {
        guard let place = text.firstIndex(of: mark) else { return (text, nil) }
        return (text[..<place], text[text.index(after: place)...])
    }

    private static func database(_ path: Substring?) throws(RedisURLError) -> Int {
        guard let path, !path.isEmpty else { return 0 }
        guard !path.contains("/") else { throw .tooMuch }
        guard path.utf8.count <= 6, path.utf8.allSatisfy({ 48...57 ~= $0 }), let number = Int(path),
            number <= maximumDatabase
        else { throw .badDatabase }
        return number
    }

    /// A name that Sentinel takes for a master.
    private static func master(_ path: Substring?) throws(RedisURLError) -> String {
        guard let path, !path.isEmpty, path.utf8.count <= 64, path.utf8.allSatisfy(RedisEndpoint.isOfName) else {
            throw .badMaster
        }
        return String(path)
    }

    private static func sentinels(_ text: Substring) throws(RedisURLError) -> [RedisEndpoint] {
        var endpoints: [RedisEndpoint] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            endpoints.append(try RedisEndpoint(part, defaultPort: defaultSentinelPort))
        }
        guard endpoints.count <= maximumSentinels, Set(endpoints).count == endpoints.count else { throw .badSentinels }
        return endpoints
    }

    private static func credentials(_ text: Substring) throws(RedisURLError) -> (String?, String?) {
        let (user, password) = split(text, at: ":")
        guard let user = decoded(user), let password = decoded(password ?? "") else { throw .badCredentials }
        // A user alone could only log in without a password, which Redis has no command for.
        guard !password.isEmpty else { throw .badCredentials }
        return (user.isEmpty ? nil : user, password)
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
    public var description: String { master == nil && database == 0 ? address + "/0" : address }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
