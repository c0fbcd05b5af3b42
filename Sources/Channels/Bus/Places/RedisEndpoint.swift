/// Where something accepts connections: a host and a port.
struct RedisEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// A name or an address, in lower case; IPv6 without brackets.
    let host: String
    let port: Int

    /// Reads `host[:port]`, an IPv6 address in brackets.
    init(_ text: Substring, defaultPort: Int) throws(RedisURLError) {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw .badHost }
            let host = text[text.index(after: text.startIndex)..<end]
            guard Self.isVersion6(host) else { throw .badHost }
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .badPort }
            self.host = host.lowercased()
            port = try rest.isEmpty ? defaultPort : Self.port(rest.dropFirst())
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard Self.isName(parts[0]) else { throw .badHost }
        host = parts[0].lowercased()
        port = try parts.count == 1 ? defaultPort : Self.port(parts[1])
    }

    /// What a sentinel says: a host, IPv6 without brackets, and a port. `nil` if one of them is none.
    init?(host: String, port: String) {
        guard Self.isName(host[...]) || Self.isVersion6(host[...]), let port = try? Self.port(port[...]) else {
            return nil
        }
        self.host = host.lowercased()
        self.port = port
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether it is on this machine as its address says.
    var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func isVersion6(_ text: Substring) -> Bool {
        text.utf8.count <= 45 && text.contains(":")
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    private static func isName(_ text: Substring) -> Bool {
        1...253 ~= text.utf8.count && text.utf8.allSatisfy(isOfName)
    }

    private static func port(_ text: Substring) throws(RedisURLError) -> Int {
        guard text.utf8.count <= 5, text.utf8.allSatisfy({ 48...57 ~= $0 }), let port = Int(text), 1...65_535 ~= port
        else { throw .badPort }
        return port
    }

    static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
