/// Where street tiles come from: an address with `{z}`, `{x}` and `{y}`, perhaps with `{s}` at the start of its host
/// and `{r}`, as Leaflet takes it.
///
/// Tiles show whoever serves them roughly where a person looks, so there are none unless they are set.
public struct TileSource: Sendable, Equatable {
    /// The address as it was set.
    public let url: String
    /// The host, as people are told it; `nil` for the own server.
    public let host: String?
    /// What a content security policy calls the place.
    let policySource: String

    /// `nil` unless `text` is such an address: of `http` or `https`, or a path of the own server.
    public init?(_ text: String) {
        guard ["{z}", "{x}", "{y}"].allSatisfy(text.contains), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        url = text
        if text.hasPrefix("/"), !text.hasPrefix("//") {
            (host, policySource) = (nil, "'self'")
            return
        }
        guard let match = text.prefixMatch(of: /(https?:\/\/)(\{s\}\.)?([A-Za-z0-9.\-]+(:[0-9]{1,5})?)\//) else {
            return nil
        }
        host = String(match.3)
        policySource = match.1 + (match.2 == nil ? "" : "*.") + match.3
    }
}
