import ChannelBus
import Channels
import Foundation
import Geo
import Logging
import NIOCore
import NIOPosix

/// The server's cache as it takes states: Redis compares, and keeps the newest. Nobody hears; what is delivered is what
/// Redis has taken.
struct CacheWriter: Pair {
    struct NotConnected: Error {}

    let speaker: any EventLoop
    let hearer: any EventLoop
    private let group: MultiThreadedEventLoopGroup
    private let cache: RedisCache
    private let ids: [UserID]
    private let place = Coordinate(latitude: 40.7128, longitude: -74.006)!

    init(port: Int, users: Int) throws {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        (speaker, hearer) = (group.next(), group.next())
        let quiet = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        cache = try RedisCache(ring: BusRing(parsing: ["redis://127.0.0.1:\(port)"]), on: speaker, logger: quiet)
        ids = (0..<users).map { UserID("user-\(100_000_000 + $0)")! }
        cache.start()
        for _ in 0..<5_000 where cache.servers.first?.state != .up { usleep(1_000) }
        guard cache.servers.first?.state == .up else { throw NotConnected() }
    }

    var delivered: Int { cache.counters.stored }
    var sent: Int { cache.counters.stored }
    var waiting: Int { cache.counters.waiting }

    func publish(_ user: Int, timestamp: Int64) {
        cache.store(
            UserState(coordinate: place, timestamp: timestamp, heard: BusClock.system(), epoch: 3), of: ids[user])
    }

    func stop() throws {
        try cache.stop().wait()
        try group.syncShutdownGracefully()
    }
}
