import Etcd
import Friends

extension Settings {
    /// Reads all settings: flags over environment (`NEARBY_…`) over the configuration file over defaults.
    ///
    /// - Returns: the settings, and what a person should be told about them, such as a variable that looks
    ///   like a setting and is none.
    /// - Throws: ``SettingsError`` for the first value that is out of range or no setting.
    public static func load(
        flags: [SettingName: String], environment: [String: String]
    ) throws -> (settings: Settings, notices: [String]) {
        let source = try SettingsSource(flags: flags, environment: environment)
        let settings = try Settings(reader: SettingsReader(source: source))
        return (settings, unknownVariables(environment))
    }

    private init(reader: SettingsReader) throws {
        self.init(
            host: try reader.text(.host),
            port: try reader.integer(.port),
            dataDirectory: try reader.text(.data),
            demo: try reader.onOff(.demo),
            demoServers: try reader.list(.demoServers),
            echo: try reader.onOff(.echo),
            threads: try reader.optionalInteger(.threads),
            origins: try reader.list(.origins),
            radius: try reader.radius(.radius),
            inactive: try reader.duration(.inactive),
            minimumInterval: try reader.duration(.minimumInterval),
            updateEvery: try reader.duration(.updateEvery),
            quiet: try reader.onOff(.quiet),
            precisions: try reader.precisions(.precisions),
            drain: try reader.duration(.drain),
            drainNotice: try reader.duration(.drainNotice),
            strangers: try Strangers(reader: reader),
            sessions: try Sessions(reader: reader),
            messages: try Messages(reader: reader),
            history: try History(reader: reader),
            tokens: try Tokens(reader: reader),
            web: try Web(reader: reader),
            keys: try ConfiguredKeys(reader: reader),
            database: try Self.database(reader: reader),
            cluster: try Cluster(reader: reader))
    }

    private static func database(reader: SettingsReader) throws -> PostgreSQLURL? {
        guard let url = try reader.databaseURL(.databaseURL) else { return nil }
        guard try url.isProtected || reader.onOff(.clusterPlaintext) else {
            throw SettingsError(
                "\(SettingName.databaseURL.rawValue): beyond this machine it needs sslmode=verify-full, or "
                    + "\(SettingName.clusterPlaintext.rawValue)")
        }
        return url
    }

    /// Not an error: an orchestrator may set variables with our prefix for a service of our name.
    private static func unknownVariables(_ environment: [String: String]) -> [String] {
        let known = Set(SettingName.allCases.map(\.environment))
        return environment.keys.filter { $0.hasPrefix("NEARBY_") && !known.contains($0) }.sorted()
            .map { "\($0) is no setting and was ignored" }
    }
}

extension Settings.Strangers {
    fileprivate init(reader: SettingsReader) throws {
        radius = try reader.radius(.strangersRadius)
        k = try reader.integer(.strangersK)
        tick = try reader.duration(.strangersTick)
        expire = try reader.duration(.strangersExpire)
        sample = try reader.integer(.strangersSample)
        minimumSide = try reader.radius(.strangersMinimumSide)
    }
}

extension Settings.Sessions {
    fileprivate init(reader: SettingsReader) throws {
        perUser = try reader.integer(.sessionsPerUser)
        helloTimeout = try reader.duration(.helloTimeout)
        pingInterval = try reader.duration(.pingInterval)
        pongTimeout = try reader.duration(.pongTimeout)
        guard pongTimeout < pingInterval else {
            throw SettingsError(
                "\(SettingName.pongTimeout.rawValue): must be shorter than \(SettingName.pingInterval.rawValue)")
        }
    }
}

extension Settings.Messages {
    fileprivate init(reader: SettingsReader) throws {
        perSecond = try reader.integer(.messageRate)
        burst = try reader.integer(.messageBurst)
        maximumBytes = try reader.integer(.messageSize)
    }
}

extension Settings.History {
    fileprivate init(reader: SettingsReader) throws {
        retention = try reader.duration(.historyRetention)
        buffer = try reader.integer(.historyBuffer)
    }
}

extension Settings.Tokens {
    fileprivate init(reader: SettingsReader) throws {
        leeway = try reader.duration(.tokenLeeway)
        grace = try reader.duration(.tokenGrace)
        issuer = try reader.optionalText(.tokenIssuer)
        audience = try reader.optionalText(.tokenAudience)
    }
}

extension Settings.Web {
    fileprivate init(reader: SettingsReader) throws {
        leafletDirectory = try reader.text(.leaflet)
        tiles = try reader.tileSource(.tilesURL)
        tilesAttribution = try reader.optionalText(.tilesAttribution) ?? ""
        avatars = try reader.webOrigins(.avatars)
    }
}

extension Settings.Cluster {
    fileprivate init?(reader: SettingsReader) throws {
        // Read even if there is no bus, so that what is wrong is refused in any case.
        overlap = try reader.duration(.clusterOverlap)
        rootsFile = try reader.optionalText(.clusterRoots)
        allowsPlaintext = try reader.onOff(.clusterPlaintext)
        bus = try reader.redisURLs(.clusterBus)
        cache = try reader.redisURLs(.clusterCache)
        etcd = try Etcd(reader: reader, allowsPlaintext: allowsPlaintext)
        guard bus.isEmpty, etcd == nil else { return }
        guard cache.isEmpty else {
            throw SettingsError(
                "\(SettingName.clusterCache.rawValue): needs \(SettingName.clusterBus.rawValue) or "
                    + SettingName.clusterEtcd.rawValue)
        }
        return nil
    }
}

extension Settings.Cluster.Etcd {
    fileprivate init?(reader: SettingsReader, allowsPlaintext: Bool) throws {
        endpoints = try reader.etcdURLs(.clusterEtcd)
        let user = try reader.optionalText(.clusterEtcdUser)
        let password = try reader.secret(.clusterEtcdPassword)
        guard (user == nil) == (password == nil) else {
            throw SettingsError(
                "\(SettingName.clusterEtcdUser.rawValue): goes with \(SettingName.clusterEtcdPassword.rawValue)")
        }
        if let user, let password {
            login = EtcdLogin(user: user, password: String(decoding: password.bytes, as: UTF8.self))
        }
        guard !endpoints.isEmpty else { return nil }
        guard allowsPlaintext || endpoints.allSatisfy({ $0.isEncrypted || $0.isLoopback }) else {
            throw SettingsError(
                "\(SettingName.clusterEtcd.rawValue): an endpoint is on another machine and not https://; see "
                    + SettingName.clusterPlaintext.rawValue)
        }
    }
}

extension ConfiguredKeys {
    fileprivate init(reader: SettingsReader) throws {
        jwtSecret = try reader.secret(.jwtSecret)
        apiKey = try reader.secret(.apiKey)
        jwksFile = try reader.optionalText(.jwksFile)
    }
}
