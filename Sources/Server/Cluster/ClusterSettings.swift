import ChannelBus
import Rings

/// Where the other processes are met: Redis for what is said, Redis for what is kept.
struct ClusterSettings: Sendable {
    let bus: BusRing
    let cache: BusRing
    let limits: BusSettings
    /// For how long a channel that moves to another server is served by both.
    let overlap: Duration

    /// - Parameters:
    ///   - lifetime: how long a location counts.
    ///   - rings: those that etcd has; `nil`: those of the settings.
    /// - Throws: ``SettingsError`` for a URL that is none; it does not repeat it, as it may hold a password.
    init(_ settings: Settings.Cluster, lifetime: Duration, rings: RingPair? = nil) throws {
        bus = try rings?.bus ?? Self.ring(settings.bus, .clusterBus)
        cache = try rings?.cache ?? (settings.cache.isEmpty ? bus : Self.ring(settings.cache, .clusterCache))
        limits = Self.limits(settings, lifetime: lifetime)
        overlap = settings.overlap
    }

    /// How the settings limit what connections to Redis do.
    static func limits(_ settings: Settings.Cluster, lifetime: Duration) -> BusSettings {
        var limits = BusSettings()
        limits.cacheLifetime = lifetime
        limits.allowsPlaintext = settings.allowsPlaintext
        if let file = settings.rootsFile { limits.tls = BusTLS(roots: .file(path: file)) }
        return limits
    }

    private static func ring(_ urls: [String], _ name: SettingName) throws -> BusRing {
        do { return try BusRing(parsing: urls) } catch { throw SettingsError("\(name.rawValue): \(error)") }
    }
}
