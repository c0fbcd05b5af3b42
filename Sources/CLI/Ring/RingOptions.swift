import ArgumentParser
import Etcd
import Foundation
import Rings
import Server

/// Which list of servers, and where it is.
struct RingOptions: ParsableArguments {
    /// The lists that etcd has.
    enum List: String, CaseIterable, ExpressibleByArgument {
        case ring, standby, cache

        var key: String {
            switch self {
            case .ring: RingKeys.bus
            case .standby: RingKeys.standbys
            case .cache: RingKeys.cache
            }
        }
    }

    @Option(help: ArgumentHelp("etcd's endpoints, with commas (default: cluster.etcd).", valueName: "urls"))
    var etcd: String?
    @OptionGroup var server: RunningServer
    @Option(help: "Which list: the ring of the bus, the servers that wait for a dead one's place, or the cache's ring.")
    var list = List.ring
    @Option(help: ArgumentHelp(settingHelp: .config, "file")) var config: String?

    func validate() throws {
        guard etcd == nil || server.url == nil else { throw ValidationError("--url: cannot be given with --etcd") }
        guard server.url == nil || list == .ring else { throw ValidationError("--list: a server has the ring only") }
        let endpoints = etcd?.split(separator: ",").map { EtcdEndpoint(String($0)) } ?? []
        guard !endpoints.contains(nil), etcd == nil || !endpoints.isEmpty else {
            throw ValidationError("--etcd: must be like http://127.0.0.1:2379")
        }
    }

    /// Runs `body` with the place of the list, whose connections are closed when it ends.
    func withPlace<Value: Sendable>(_ body: (any RingPlace) async throws -> Value) async throws -> Value {
        var flags: [SettingName: String] = [:]
        flags[.config] = config
        flags[.clusterEtcd] = etcd
        let settings = try Settings.load(asUsage: flags).settings
        if let url = server.address {
            guard let key = server.key(settings) else {
                throw ValidationError("--url: needs the API key, from --api-key or NEARBY_API_KEY")
            }
            return try await RemoteRing.run(url: url, key: key, body)
        }
        guard let cluster = settings.cluster, let etcd = cluster.etcd else {
            throw ValidationError("--etcd or --url: one is needed")
        }
        let client = EtcdClient(
            endpoints: etcd.endpoints.map(\.description), login: etcd.login, rootsFile: cluster.rootsFile)
        do {
            let value = try await body(EtcdRing(client: client, key: list.key))
            await client.shutdown()
            return value
        } catch {
            await client.shutdown()
            throw error
        }
    }
}
