extension SettingName {
    /// What a setting takes, what it is unless set, and what it is for.
    struct Definition {
        let kind: SettingKind
        /// In the way that a person would write it. `nil`: not set.
        let fallback: String?
        let purpose: String

        init(_ kind: SettingKind, _ fallback: String?, _ purpose: String) {
            self.kind = kind
            self.fallback = fallback
            self.purpose = purpose
        }
    }

    /// The one table of all settings: kind, range, default and purpose.
    var definition: Definition {
        switch self {
        case .host: .init(.text, "127.0.0.1", "address to listen on; `0.0.0.0` for all")
        case .port: .init(.integer(0...65_535), "8080", "TCP port; 0: the system chooses")
        case .data: .init(.text, "./nearby-data", "directory of the database and of `keys.json`")
        case .config: .init(.text, nil, "configuration file (JSON)")
        case .threads: .init(.integer(1...64), nil, "event loops; one a core unless set")
        case .demo: .init(.onOff, "false", "people made up by the server move about")
        case .demoServers:
            .init(
                .list, "",
                "`ws://` URLs, with commas, where the demo's people connect; this server unless set, `none`: nowhere")
        case .echo: .init(.onOff, "false", "adds `/v1/echo` for WebSocket conformance suites")
        case .origins:
            .init(.list, "", "values of `Origin`, with commas, that may connect besides the own host")

        case .radius: .init(.radius, "5mi", "friends within it are nearby, unless a client asks otherwise")
        case .inactive:
            .init(.duration(.milliseconds(100)...(.days(7))), "10min", "without a location for so long: inactive")
        case .minimumInterval:
            .init(.duration(.zero ... .seconds(60)), "250ms", "shortest time between two updates of a session")
        case .updateEvery:
            .init(
                .duration(.milliseconds(100) ... .hours(1)), "30s",
                "how often clients are asked to send their location")
        case .quiet: .init(.onOff, "true", "tells clients that ask how long and how far they may stay silent")

        case .precisions: .init(.precisions(4...6), "4,5,6", "precisions of the strangers' routing cells")
        case .strangersRadius: .init(.radius, "2km", "strangers in reach, unless a client asks otherwise")
        case .strangersK: .init(.integer(1...1_000), "3", "fewest people in a published cell")
        case .strangersTick:
            .init(.duration(.milliseconds(10) ... .hours(1)), "30s", "time between changes of a session's strangers")
        case .strangersExpire:
            .init(.duration(.milliseconds(10) ... .days(1)), "1h", "how long an opt-in lasts at most")
        case .strangersSample: .init(.integer(1...255), "50", "most strangers that a session shows")
        case .strangersMinimumSide: .init(.radius, "500m", "shortest side of a published cell")

        case .sessionsPerUser: .init(.integer(1...1_000), "5", "sessions of one user at a time, at one process")
        case .helloTimeout:
            .init(.duration(.milliseconds(100) ... .minutes(10)), "10s", "time for a `hello` after connecting")
        case .pingInterval:
            .init(.duration(.milliseconds(200) ... .hours(1)), "25s", "time between pings to a client")
        case .pongTimeout:
            .init(
                .duration(.milliseconds(100) ... .minutes(30)), "10s",
                "time for a client's pong, less than between pings")
        case .messageRate: .init(.integer(1...100_000), "5", "messages a second from one session")
        case .messageBurst: .init(.integer(1...1_000_000), "20", "messages from one session at once")
        case .messageSize: .init(.integer(1_024...1_048_576), "16384", "longest message of a client, bytes")

        case .historyRetention:
            .init(.duration(.hours(1) ... .days(3_650)), "30d", "how long locations are kept")
        case .historyBuffer:
            .init(.integer(1...10_000_000), "200000", "locations that may wait to be written; more are dropped")

        case .jwtSecret:
            .init(
                .secret(minimumBytes: Limits.minimumSecretBytes), nil,
                "shared secret of HS256 tokens; from `keys.json` if not set")
        case .apiKey:
            .init(.secret(minimumBytes: 16), nil, "the backend's `X-API-Key`; from `keys.json` if not set")
        case .jwksFile: .init(.text, nil, "JWKS file with public keys of RS256, ES256 or EdDSA tokens")
        case .tokenLeeway:
            .init(.duration(.zero ... .minutes(10)), "30s", "how far another clock may be ahead, at `nbf`")
        case .tokenGrace:
            .init(.duration(.zero ... .minutes(10)), "0s", "how long a session outlives its token")
        case .tokenIssuer: .init(.text, nil, "`iss` of tokens signed with a key of the JWKS file")
        case .tokenAudience: .init(.text, nil, "in `aud` of tokens signed with a key of the JWKS file")

        case .leaflet:
            .init(.text, "/usr/share/javascript/leaflet", "directory of Leaflet, which draws the pages' map")
        case .tilesURL:
            .init(.tileURL, nil, "street tiles of the pages' map; whoever serves them sees roughly where people look")
        case .tilesAttribution: .init(.text, nil, "whom the map names as the source of the tiles, as text")
        case .avatars: .init(.webOrigins, "", "where the map page may load people's pictures from")
        case .databaseURL:
            .init(
                .databaseURL, nil, "PostgreSQL database that processes share; SQLite in the data directory if not set")
        case .clusterBus:
            .init(
                .redisURLs, "",
                "Redis servers that carry locations between processes")
        case .clusterCache:
            .init(.redisURLs, "", "Redis servers that keep the newest locations; those of `cluster.bus` if not set")
        case .clusterOverlap:
            .init(
                .duration(.zero ... .minutes(10)), "60s",
                "how long a channel that moves to another Redis server is published to both")
        case .clusterRoots: .init(.text, nil, "certificates (PEM) that Redis and etcd servers are verified by")
        case .clusterPlaintext:
            .init(
                .onOff, "false",
                "lets `redis://`, `postgres://` and etcd's `http://` leave this machine without TLS: for networks that are safe"
            )
        case .clusterEtcd:
            .init(.etcdURLs, "", "etcd endpoints: the rings are kept there, and dead servers are replaced")
        case .clusterEtcdUser: .init(.text, nil, "user in etcd, where it asks for one")
        case .clusterEtcdPassword: .init(.secret(minimumBytes: 8), nil, "its password")

        case .drain: .init(.duration(.zero ... .minutes(10)), "10s", "time over which a stop spreads reconnects")
        case .drainNotice:
            .init(
                .duration(.zero ... .minutes(10)), "2s",
                "how long a stop leaves `/readyz` at 503 for load balancers before the port closes")
        }
    }
}
