/// Why a text is no address of a Redis server. Never holds the text: there may be a password in it.
public enum RedisURLError: Error, Sendable, Hashable, CustomStringConvertible {
    case badScheme, badCredentials, badHost, badPort, badDatabase
    /// A query, a fragment, or more than the database behind the host.
    case tooMuch

    public var description: String {
        switch self {
        case .badScheme: "the scheme is neither redis:// nor rediss://"
        case .badCredentials: "user or password is not percent-encoded as it must be, or is empty"
        case .badHost: "the host is missing or has characters that no host has"
        case .badPort: "the port is no number from 1 to 65535"
        case .badDatabase: "the database is no number from 0 to 999999"
        case .tooMuch: "there is more than scheme, credentials, host, port and database"
        }
    }
}
