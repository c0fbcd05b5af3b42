internal import Channels
internal import NIOCore

/// The ring, and those that it replaced a short while ago: until their overlap is over, processes that have not
/// heard of the change still look there.
///
/// Servers are the owner's numbers, so that the way of a publication makes no string.
struct RingHistory {
    /// The most rings at one time. With more changes than this within one overlap the oldest ends early.
    static let maximumRings = 4

    private struct Placed {
        let ring: BusRing
        /// The owner's number of each of the ring's servers.
        let numbers: [Int]
        var until: NIODeadline

        func number(of key: some Sequence<UInt8>) -> Int { numbers[ring.ring.index(of: key)] }
    }

    private var current: Placed
    /// Newest first.
    private var former: [Placed] = []

    init(_ ring: BusRing, number: (RedisURL) -> Int) {
        current = Placed(ring: ring, numbers: ring.servers.map(number), until: .distantFuture)
    }

    var ring: BusRing { current.ring }
    var isChanging: Bool { !former.isEmpty }

    /// - Returns: whether anything changed.
    mutating func change(to ring: BusRing, until: NIODeadline, number: (RedisURL) -> Int) -> Bool {
        guard ring != current.ring else { return false }
        current.until = until
        former.insert(current, at: 0)
        former = Array(former.prefix(Self.maximumRings - 1))
        current = Placed(ring: ring, numbers: ring.servers.map(number), until: .distantFuture)
        return true
    }

    /// Forgets the rings whose overlap is over.
    ///
    /// - Returns: whether there was one.
    mutating func expire(now: NIODeadline) -> Bool {
        let before = former.count
        former.removeAll { $0.until <= now }
        return former.count != before
    }

    /// When the next ring is to be forgotten.
    var nextExpiry: NIODeadline? { former.map(\.until).min() }

    /// The numbers of all servers of all rings.
    var numbers: Set<Int> { Set(current.numbers).union(former.flatMap(\.numbers)) }

    /// The servers by name. Of two addresses of one server, the one that the newest ring has.
    func named(_ places: some Sequence<(number: Int, server: BusServer)>) -> [BusServer] {
        let ours = Set(current.numbers)
        var servers: [String: BusServer] = [:]
        for (number, server) in places where servers[server.name] == nil || ours.contains(number) {
            servers[server.name] = server
        }
        return servers.values.sorted { $0.name < $1.name }
    }

    /// Calls `body` with every server that a channel is on, the current ring's first, none twice.
    @inline(__always)
    func forEachHome(of channel: BusChannel, _ body: (Int) -> Void) {
        channel.withName { forEachHome(ofKey: $0, body) }
    }

    @inline(__always)
    func forEachHome(of user: UserID, _ body: (Int) -> Void) {
        forEachHome(ofKey: user.string.utf8, body)
    }

    private func forEachHome(ofKey key: some Sequence<UInt8>, _ body: (Int) -> Void) {
        let first = current.number(of: key)
        body(first)
        guard isChanging else { return }
        var seen = [first]
        for placed in former {
            let number = placed.number(of: key)
            guard !seen.contains(number) else { continue }
            seen.append(number)
            body(number)
        }
    }

    func homes(of channel: BusChannel) -> [Int] {
        var homes: [Int] = []
        forEachHome(of: channel) { homes.append($0) }
        return homes
    }
}
