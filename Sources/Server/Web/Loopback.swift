import HTTPTypes

/// What belongs to this machine alone.
public enum Loopback {
    private static let forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"]
        .map { HTTPField.Name($0)! }
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!

    /// Whether a host, without a port, can be nothing but this machine: `localhost`, `127.…` or `[::1]`.
    public static func isName(_ host: some StringProtocol) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(host.lowercased()) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Whether a request names this machine as its host and comes from no page of another origin. That the connection
    /// itself comes from this machine is the listening address' business.
    ///
    /// A page of elsewhere whose name was made to point here shows its own name as the host; a page of another origin
    /// shows its origin; and what a proxy passed on may come from anywhere.
    static func isOwnPage(_ call: Call) -> Bool {
        guard let authority = call.authority, isName(host(of: authority)),
            forwarded.allSatisfy({ call.headers[$0] == nil })
        else { return false }
        if let origin = call.headers[.origin], origin.lowercased() != "http://\(authority.lowercased())" {
            return false
        }
        return ["same-origin", "none", nil].contains(call.headers[fetchSite])
    }

    private static func host(of authority: String) -> Substring {
        guard let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") else { return authority[...] }
        return authority[..<colon]
    }
}
