/// Why a text is no address of a Redis server. Never holds the text: there may be a password in it.
public enum RedisURLError: Error, Sendable, Hashable, CustomStringConvertible {
    case badScheme, badCredentials, badHost, badPort, badDatabase, badMaster, badSentinels
    /// A query, a fragment, or more than the database behind the host.
    case tooMuch

    public var description: String {
        switch self {
        case .badScheme: "the scheme is none of redis://, rediss://, redis+sentinel:// and rediss+sentinel://"
        case .badCredentials: "user or password is not percent-encoded as it must be, or is empty"
        case .badHost: "the host is missing or has characters that no host has"
        case .badPort: "the port is no number from 1 to 65535"
        case .badDatabase: "the database is no number from 0 to 999999"
        case .badMaster: "behind the sentinels stands no master's name of 1 to 64 letters, digits, '.', '-' and '_'"
        case .badSentinels: "more than \(RedisURL.maximumSentinels) sentinels, or one twice"
        case .tooMuch: "there is more than scheme, credentials, host, port and database"
        }
    }
}
