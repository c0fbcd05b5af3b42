import ChannelBus
import Channels
import Geo
import Logging
import NIOCore
import NIOPosix
import TestServers
import Testing

let quiet = Logger(label: "bus-tests") { _ in SwiftLogNoOpLogHandler() }

extension UserState {
    static func sample(_ timestamp: Int64 = 1_700_000_000_000, heard: Int64 = BusClock.system()) -> UserState {
        UserState(
            coordinate: Coordinate(latitudeE7: 407_128_000, longitudeE7: -740_060_000)!, timestamp: timestamp,
            heard: heard, epoch: 7)
    }
}

extension UserState {
    /// Of somebody who may not be shown, though a place is known.
    static func hidden(_ timestamp: Int64 = 1_700_000_000_000, epoch: UInt32) -> UserState {
        var state = sample(timestamp)
        state.epoch = epoch
        state.flags = .located
        return state
    }
}

extension UserID {
    static func number(_ number: Int) -> UserID { UserID("user-\(number)")! }
}

extension BusInterest {
    static func number(_ number: Int) -> BusInterest {
        BusInterest(.user(.number(number)), tag: UInt32(number))
    }
}

extension BusRing {
    init(_ servers: RedisServer...) throws {
        try self.init(parsing: servers.map { "redis://127.0.0.1:\($0.port)" })
    }
}

extension RedisBus {
    /// A bus that runs while `body` does.
    @discardableResult
    static func run<Value>(
        _ ring: BusRing, settings: BusSettings = BusSettings(), process: UInt64, delegate: Listener = Listener(),
        _ body: (RedisBus, Listener) async throws -> Value
    ) async throws -> Value {
        // A loop of its own, so that a test may stop it.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let bus = try RedisBus(ring: ring, settings: settings, process: process, on: loop, logger: quiet)
        bus.start(delegate: delegate)
        do {
            let value = try await body(bus, delegate)
            try await bus.stop().get()
            try await group.shutdownGracefully()
            return value
        } catch {
            try await bus.stop().get()
            try await group.shutdownGracefully()
            throw error
        }
    }
}

extension RedisBus {
    /// Subscribes, and expects Redis to acknowledge; on a busy machine a first connection may come late.
    func hear(_ interests: [BusInterest], at place: SourceLocation = #_sourceLocation) async throws {
        subscribe(interests)
        var missing = interests.map(\.channel)
        for _ in 0..<20 where !missing.isEmpty {
            missing = try await whenAcknowledged(missing, within: .seconds(5)).get().missing
            if !missing.isEmpty { try await Task.sleep(for: .milliseconds(100)) }
        }
        #expect(missing.isEmpty, sourceLocation: place)
    }
}

extension RedisCache {
    /// A cache that runs while `body` does, from when its servers are up.
    @discardableResult
    static func run<Value>(
        _ ring: BusRing, settings: BusSettings = BusSettings(),
        on loop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next(),
        clock: @escaping @Sendable () -> Int64 = BusClock.system,
        _ body: (RedisCache) async throws -> Value
    ) async throws -> Value {
        let cache = try RedisCache(ring: ring, settings: settings, on: loop, clock: clock, logger: quiet)
        cache.start()
        await eventually { cache.servers.allSatisfy { $0.state == .up } }
        do {
            let value = try await body(cache)
            try await cache.stop().get()
            return value
        } catch {
            try await cache.stop().get()
            throw error
        }
    }
}
