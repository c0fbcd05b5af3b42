import ChannelBus
import Channels
import Geo
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Two of the server's buses.
struct BusPair: Pair {
    struct NotSubscribed: Error {}

    private final class Count: BusDelegate {
        let states = Atomic<Int>(0)

        func busReceived(_ batch: borrowing BusBatch) {
            states.add(batch.states.count, ordering: .relaxed)
        }

        func busRestored(_ interests: [BusInterest]) {}
        func busServerChanged(_ server: BusServer) {}
    }

    let speaker: any EventLoop
    let hearer: any EventLoop
    private let groups: [MultiThreadedEventLoopGroup]
    private let out: RedisBus
    private let into: RedisBus
    private let count = Count()
    private let ids: [UserID]
    private let place = Coordinate(latitude: 40.7128, longitude: -74.006)!

    init(port: Int, users: Int) throws {
        groups = [MultiThreadedEventLoopGroup(numberOfThreads: 1), MultiThreadedEventLoopGroup(numberOfThreads: 1)]
        (speaker, hearer) = (groups[0].next(), groups[1].next())
        let ring = try BusRing(parsing: ["redis://127.0.0.1:\(port)"])
        let quiet = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        out = try RedisBus(ring: ring, process: 1, on: speaker, logger: quiet)
        into = try RedisBus(ring: ring, process: 2, on: hearer, logger: quiet)
        ids = (0..<users).map { UserID("user-\(100_000_000 + $0)")! }
        out.start(delegate: Count())
        into.start(delegate: count)
        into.subscribe(ids.enumerated().map { BusInterest(.user($0.element), tag: UInt32($0.offset)) })
        let channels = ids.map { BusChannel.user($0) }
        guard try into.whenAcknowledged(channels, within: .seconds(30)).wait().isComplete else { throw NotSubscribed() }
    }

    var delivered: Int { count.states.load(ordering: .relaxed) }
    var sent: Int { out.counters.published }
    var waiting: Int { out.counters.waiting }

    func publish(_ user: Int, timestamp: Int64) {
        out.publish(
            UserState(coordinate: place, timestamp: timestamp, heard: BusClock.system(), epoch: 3), of: ids[user])
    }

    func stop() throws {
        try out.stop().wait()
        try into.stop().wait()
        for group in groups { try group.syncShutdownGracefully() }
    }
}
