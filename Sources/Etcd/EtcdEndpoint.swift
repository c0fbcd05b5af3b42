internal import Foundation

/// Where an etcd answers: `http://host:port` or `https://host:port`, and nothing more. Port 2379 unless said.
public struct EtcdEndpoint: Hashable, Sendable, CustomStringConvertible {
    public static let defaultPort = 2_379

    public let isEncrypted: Bool
    /// A name or an address; IPv6 without brackets.
    public let host: String
    public let port: Int

    public init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.host, !host.isEmpty,
            ["", "/"].contains(parts.path), parts.query == nil, parts.fragment == nil, parts.user == nil,
            // A port that is no number is not read as one, and stays behind the host.
            1...65_535 ~= parts.port ?? Self.defaultPort, !text.hasSuffix(":")
        else { return nil }
        isEncrypted = scheme == "https"
        self.host = host.trimmingCharacters(in: ["[", "]"]).lowercased()
        port = parts.port ?? Self.defaultPort
    }

    /// Whether it is on this machine as its address says.
    public var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    public var description: String {
        "\(isEncrypted ? "https" : "http")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
