import NIOHTTP1

/// Which web pages may connect: cross-site WebSocket hijacking stops here.
enum Origin {
    /// Allowed are requests without an `Origin` (they come from no page), from a page of the same host and port, and
    /// from the listed origins. Origins are compared as ASCII text without case; a default port may be left out.
    static func isAllowed(_ headers: HTTPHeaders, allowed: [String]) -> Bool {
        let origins = headers["origin"]
        guard let first = origins.first else { return true }
        guard origins.count == 1, let origin = Parsed(first) else { return false }
        if allowed.contains(where: { Parsed($0) == origin }) { return true }
        let hosts = headers["host"]
        guard hosts.count == 1 else { return false }
        return Parsed("\(origin.scheme)://\(hosts[0])") == origin
    }

    private struct Parsed: Equatable {
        let scheme: String
        let host: String
        let port: String

        init?(_ text: String) {
            let text = text.lowercased()
            guard let separator = text.firstRange(of: "://") else { return nil }
            scheme = String(text[..<separator.lowerBound])
            guard scheme == "http" || scheme == "https" else { return nil }
            let authority = text[separator.upperBound...]
            guard !authority.isEmpty, !authority.contains(where: { "/?#@ ,\\".contains($0) }) else { return nil }
            let defaultPort = scheme == "https" ? "443" : "80"
            if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
                host = String(authority[..<colon])
                port = String(authority[authority.index(after: colon)...])
            } else {
                host = String(authority)
                port = defaultPort
            }
            guard !host.isEmpty, !port.isEmpty, port.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        }
    }
}
