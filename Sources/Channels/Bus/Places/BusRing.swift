public import Channels

/// Which Redis server a channel or a cached location is on: a ``HashRing`` over the servers' names.
public struct BusRing: Hashable, Sendable {
    /// In the order of their names.
    public let servers: [RedisURL]
    /// The ring over ``RedisURL/name``; for plans.
    public let ring: HashRing

    /// - Parameter servers: 1 to ``HashRing/maximumMembers``, in any order, no name twice.
    public init(_ servers: [RedisURL]) throws(BusError) {
        let named = Dictionary(servers.map { ($0.name, $0) }) { first, _ in first }
        guard named.count == servers.count else { throw BusError(.badRing, "a server stands in the ring twice") }
        guard let ring = HashRing(members: named.keys) else {
            throw BusError(.badRing, "a ring has 1 to \(HashRing.maximumMembers) servers")
        }
        self.ring = ring
        self.servers = ring.members.compactMap { named[$0] }
    }

    /// The same from addresses.
    public init(parsing texts: [String]) throws(BusError) {
        var servers: [RedisURL] = []
        for (place, text) in texts.enumerated() {
            do { servers.append(try RedisURL(text)) } catch {
                throw BusError(.badAddress, "server \(place + 1): \(error)")
            }
        }
        try self.init(servers)
    }

    /// The server that a channel is on. About 100 ns.
    public func server(for channel: BusChannel) -> RedisURL { servers[channel.withName { ring.index(of: $0) }] }

    /// Refuses what `settings` do not allow.
    public func check(_ settings: BusSettings) throws(BusError) {
        for server in servers where !server.isEncrypted && !server.isLoopback && !settings.allowsPlaintext {
            throw BusError(.plaintext, "\(server.name) is on another machine and not rediss://")
        }
    }
}
