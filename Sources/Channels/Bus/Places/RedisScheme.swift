/// What a Redis address begins with.
struct RedisScheme {
    let isEncrypted: Bool
    let hasSentinels: Bool

    var text: String { "redis\(isEncrypted ? "s" : "")\(hasSentinels ? "+sentinel" : "")://" }

    /// The scheme of an address in any case, and what follows it.
    static func of(_ text: String) throws(RedisURLError) -> (RedisScheme, Substring) {
        for isEncrypted in [false, true] {
            for hasSentinels in [false, true] {
                let scheme = RedisScheme(isEncrypted: isEncrypted, hasSentinels: hasSentinels)
                let count = scheme.text.count
                if text.prefix(count).lowercased() == scheme.text { return (scheme, text.dropFirst(count)) }
            }
        }
        throw .badScheme
    }
}
