/// Every setting of the server, by its name in the configuration file.
///
/// The names elsewhere follow from it: the environment has `NEARBY_` before it, in capitals, with `_` for the
/// point (`NEARBY_STRANGERS_K`); the flag of `nearby serve`, where there is one, has `-` for point and
/// underscore (`--strangers-k`).
public enum SettingName: String, CaseIterable, Sendable {
    case host
    case port
    case data
    case config
    case threads
    case demo
    case demoServers = "demo_servers"
    case echo
    case origins

    case radius
    case inactive
    case minimumInterval = "min_interval"
    case updateEvery = "update_every"
    case quiet

    case precisions
    case strangersRadius = "strangers.radius"
    case strangersK = "strangers.k"
    case strangersTick = "strangers.tick"
    case strangersExpire = "strangers.expire"
    case strangersSample = "strangers.sample"
    case strangersMinimumSide = "strangers.minimum_side"

    case sessionsPerUser = "sessions.per_user"
    case helloTimeout = "sessions.hello_timeout"
    case pingInterval = "sessions.ping_interval"
    case pongTimeout = "sessions.pong_timeout"
    case messageRate = "messages.rate"
    case messageBurst = "messages.burst"
    case messageSize = "messages.size"

    case historyRetention = "history.retention"
    case historyBuffer = "history.buffer"

    case jwtSecret = "jwt_secret"
    case apiKey = "api_key"
    case jwksFile = "jwks_file"
    case tokenLeeway = "tokens.leeway"
    case tokenGrace = "tokens.grace"
    case tokenIssuer = "tokens.issuer"
    case tokenAudience = "tokens.audience"

    case leaflet
    case tilesURL = "tiles.url"
    case tilesAttribution = "tiles.attribution"
    case avatars
    case databaseURL = "database.url"
    case clusterBus = "cluster.bus"
    case clusterCache = "cluster.cache"
    case clusterOverlap = "cluster.overlap"
    case clusterRoots = "cluster.tls_roots"
    case clusterPlaintext = "cluster.plaintext"
    case clusterEtcd = "cluster.etcd"
    case clusterEtcdUser = "cluster.etcd_user"
    case clusterEtcdPassword = "cluster.etcd_password"

    case drain
    case drainNotice = "drain_notice"

    /// The name of the setting in the environment.
    public var environment: String {
        "NEARBY_" + rawValue.uppercased().replacing(".", with: "_")
    }

    /// What the setting is for and what it is unless set, in one line.
    public var summary: String {
        if case .onOff = definition.kind { return definition.purpose }
        guard let fallback = definition.fallback, !fallback.isEmpty else { return definition.purpose }
        return "\(definition.purpose) (default: \(fallback))"
    }

    /// The name of the setting as a flag.
    public var flag: String {
        "--" + rawValue.replacing(".", with: "-").replacing("_", with: "-")
    }
}
