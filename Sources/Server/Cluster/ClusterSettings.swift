import ChannelBus

/// Where the other processes are met: Redis for what is said, Redis for what is kept.
struct ClusterSettings: Sendable {
    let bus: BusRing
    let cache: BusRing
    let limits: BusSettings
    /// For how long a channel that moves to another server is served by both.
    let overlap: Duration

    /// - Parameter lifetime: how long a location counts.
    /// - Throws: ``SettingsError`` for a URL that is none; it does not repeat it, as it may hold a password.
    init(_ settings: Settings.Cluster, lifetime: Duration) throws {
        bus = try Self.ring(settings.bus, .clusterBus)
        cache = try Self.ring(settings.cache, .clusterCache)
        var limits = BusSettings()
        limits.cacheLifetime = lifetime
        limits.allowsPlaintext = settings.allowsPlaintext
        if let file = settings.rootsFile { limits.tls = BusTLS(roots: .file(path: file)) }
        self.limits = limits
        overlap = settings.overlap
    }

    private static func ring(_ urls: [String], _ name: SettingName) throws -> BusRing {
        do { return try BusRing(parsing: urls) } catch { throw SettingsError("\(name.rawValue): \(error)") }
    }
}
