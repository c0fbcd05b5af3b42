internal import ChannelBus

/// Which servers a process has not reached for so long that it says so.
struct Ballot {
    /// How long a server must be unreachable.
    static let patience: Int64 = 2_000

    /// - Parameters:
    ///   - ring: only servers in it are voted against.
    ///   - now: monotonic milliseconds, the clock of ``BusServer/since``.
    ///   - silence: how long a server has been silent, milliseconds, before it is called so.
    static func unreachable(_ servers: [BusServer], ring: Set<String>, now: Int64, silence: Int64) -> Set<String> {
        var names: Set<String> = []
        for server in servers where ring.contains(server.name) {
            guard case .down(let failure) = server.state else { continue }
            let since = failure.code == .silent ? server.since - silence : server.since
            if now - since > patience { names.insert(server.name) }
        }
        return names
    }
}
