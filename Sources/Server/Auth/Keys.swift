/// The keys of a server: what tokens are signed with, and what the host app's backend shows.
public struct Keys: Sendable {
    /// The shared secret of HS256 tokens, at least 32 bytes.
    public let jwtSecret: Secret
    /// What the backend sends as `X-API-Key`.
    public let apiKey: Secret

    /// The configured keys; what is not configured comes from `keys.json` in the data directory, which is
    /// made if it is missing.
    ///
    /// - Returns: the keys, and what a person should be told about the file.
    /// - Throws: ``KeyError``
    public static func load(
        configured: ConfiguredKeys, dataDirectory: String
    ) throws(KeyError) -> (keys: Keys, notices: [String]) {
        if let jwtSecret = configured.jwtSecret, let apiKey = configured.apiKey {
            return (Keys(jwtSecret: jwtSecret, apiKey: apiKey), [])
        }
        let file = KeyFile(dataDirectory: dataDirectory)
        let (stored, notices) = try file.loadOrMake()
        let keys = Keys(
            jwtSecret: configured.jwtSecret ?? stored.jwtSecret, apiKey: configured.apiKey ?? stored.apiKey)
        return (keys, notices)
    }
}
