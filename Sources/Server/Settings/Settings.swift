public import Etcd
public import Friends
public import Geo

/// All settings of the server, checked once at the start; each value is in its range.
///
/// ``SettingName`` has the names, ranges and defaults, `docs/settings.md` the list for people.
public struct Settings: Sendable {
    /// The address to listen on.
    public var host: String
    /// The TCP port; 0 lets the system choose one.
    public var port: Int
    /// Where the database and `keys.json` are.
    public var dataDirectory: String
    public var demo: Bool
    /// Where the demo's people connect; empty: here.
    public var demoServers: [String]
    public var echo: Bool
    /// Event loops; `nil` means one a core.
    public var threads: Int?
    /// Values of `Origin` that may connect besides the own host.
    public var origins: [String]

    /// Friends within it are nearby, unless a client asks otherwise.
    public var radius: Radius
    /// Without a location for so long, a user is inactive.
    public var inactive: Duration
    /// The shortest time between two updates of a session.
    public var minimumInterval: Duration
    /// How often clients are asked to send their location.
    public var updateEvery: Duration
    /// Whether clients that ask are told how long and how far they may stay silent.
    public var quiet: Bool
    /// Precisions of the strangers' routing cells, coarsest first, none twice.
    public var precisions: [Int]
    /// The time over which a stop spreads the reconnects of its clients.
    public var drain: Duration
    /// For how long a stop that concerns clients leaves the port open, so that load balancers see that it is not ready.
    public var drainNotice: Duration

    public var strangers: Strangers
    public var sessions: Sessions
    public var messages: Messages
    public var history: History
    public var tokens: Tokens
    public var web: Web
    public var keys: ConfiguredKeys
    /// The PostgreSQL database with all that lasts; `nil`: SQLite in the data directory. It may hold a password.
    public var database: PostgreSQLURL?
    /// The other processes; `nil` for a process that is alone.
    public var cluster: Cluster?

    /// Where a process meets the others.
    public struct Cluster: Sendable {
        /// URLs of the Redis servers that carry locations between processes. They may hold passwords. None only if the
        /// ring is in etcd.
        public var bus: [String]
        /// URLs of those that keep the newest locations; none: those of the bus.
        public var cache: [String]
        /// Where the rings are kept; `nil`: nowhere but here.
        public var etcd: Etcd?
        /// For how long a channel that moves is published to both servers.
        public var overlap: Duration
        /// A file with the certificates that servers are verified by; `nil`: those of the system.
        public var rootsFile: String?
        public var allowsPlaintext: Bool

        public struct Etcd: Sendable {
            /// At least one.
            public var endpoints: [EtcdEndpoint]
            public var login: EtcdLogin?
        }
    }

    public struct Strangers: Sendable {
        /// Strangers within it are in reach, unless a client asks otherwise.
        public var radius: Radius
        /// The fewest people in a published cell.
        public var k: Int
        public var tick: Duration
        /// How long an opt-in lasts at most.
        public var expire: Duration
        /// The most strangers that a session shows.
        public var sample: Int
        /// The shortest side of a published cell.
        public var minimumSide: Radius
    }

    public struct Sessions: Sendable {
        public var perUser: Int
        public var helloTimeout: Duration
        public var pingInterval: Duration
        public var pongTimeout: Duration
    }

    /// What one session may send.
    public struct Messages: Sendable {
        public var perSecond: Int
        public var burst: Int
        public var maximumBytes: Int
    }

    public struct History: Sendable {
        public var retention: Duration
        /// Locations that may wait to be written.
        public var buffer: Int
    }

    /// What the pages show and where they have it from.
    public struct Web: Sendable {
        /// The directory of Leaflet's files.
        public var leafletDirectory: String
        /// Where street tiles come from; `nil`: there are none.
        public var tiles: TileSource?
        /// Whom the map names as their source.
        public var tilesAttribution: String
        /// Origins that people's pictures may come from.
        public var avatars: [String]
    }

    public struct Tokens: Sendable {
        /// How far another clock may be ahead of ours.
        public var leeway: Duration
        /// How long a session outlives its token.
        public var grace: Duration
        /// What `iss` must be in tokens signed with a key of the JWKS file; `nil`: anything.
        public var issuer: String?
        /// What must be in `aud` of tokens signed with a key of the JWKS file; `nil`: anything.
        public var audience: String?
    }
}

/// Keys that the configuration gives; what is missing comes from `keys.json`.
public struct ConfiguredKeys: Sendable {
    public var jwtSecret: Secret?
    public var apiKey: Secret?
    /// The path of a JWKS file.
    public var jwksFile: String?

    public init(jwtSecret: Secret? = nil, apiKey: Secret? = nil, jwksFile: String? = nil) {
        self.jwtSecret = jwtSecret
        self.apiKey = apiKey
        self.jwksFile = jwksFile
    }
}
