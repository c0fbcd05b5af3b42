/// All that is stored about a user, as one value to encode.
///
/// It holds what the user did and where it was, never what others keep about it (their blocks and
/// reports), and never whom a pseudonym stood for.
public struct UserExport: Codable, Hashable, Sendable {
    public struct Place: Codable, Hashable, Sendable {
        /// WGS84 decimal degrees.
        public let lat, lon: Double
        /// The sender's time of the fix, and the server's of hearing it; milliseconds since the Unix epoch.
        public let ts, heardAt: Int64

        enum CodingKeys: String, CodingKey {
            case lat, lon, ts
            case heardAt = "heard_at"
        }
    }

    public struct Block: Codable, Hashable, Sendable {
        /// `nil` for a block by pseudonym.
        public let user: String?
        public let blockID: String
        public let since: Int64

        enum CodingKeys: String, CodingKey {
            case user, since
            case blockID = "block_id"
        }
    }

    public struct Report: Codable, Hashable, Sendable {
        /// One of the two: how the user knew whom it reported.
        public let user, sid: String?
        public let reason: String?
        public let at: Int64
    }

    public let id: String
    public let name: String
    public let avatarURL: String?
    public let sharing: Bool
    public let friends: [String]
    public let requestsMade: [String]
    public let requestsReceived: [String]
    public let blocks: [Block]
    public let reports: [Report]
    /// The cached location, live or not.
    public var location: Place?
    /// Oldest first.
    public let history: [Place]

    enum CodingKeys: String, CodingKey {
        case id, name, sharing, friends, blocks, reports, location, history
        case avatarURL = "avatar_url"
        case requestsMade = "requests_made"
        case requestsReceived = "requests_received"
    }
}
