/// Limits that the contract fixes and that are no settings.
enum Limits {
    /// An HS256 key must be as long as its hash (RFC 7518, 3.2).
    static let minimumSecretBytes = 32
    /// Longer tokens are refused unread.
    static let maximumTokenBytes = 8_192
}
