import Channels
import Foundation
import Geo
import NIOCore
import NIOPosix
import NearbyClient

/// A whole replay against a server: connects everybody, sends what the tracks say, checks, and sums up.
struct Replay {
    /// How many sessions connect at a time.
    private static let connectBatch = 100
    /// How many fixes are on their way at most before the server has to catch up.
    private static let window = 500
    /// What a quiet checkpoint waits for: the server's minimum interval and some more.
    private static let quiet = Duration.milliseconds(400)
    /// How often a checkpoint waits again because something still came.
    private static let maximumWaits = 50

    let tracks: Tracks
    let friendships: Friendships
    /// At least one; the users are spread over them in turn.
    let servers: [ServerURL]
    /// Metres; what the server's sessions look at.
    let radius: Double
    /// `nil` for as fast as it goes.
    let speed: Double?
    /// How often to stop and compare; `nil` for never.
    let checkpoints: Int?
    /// Whether the clients go by the server's `quiet`. Then the server has to be one of ``ReplayServer``.
    var isQuiet = false
    let token: @Sendable (UserID) -> String

    func run() async throws -> ReplaySummary {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let eventLoop = group.next()
        let oracle = ReplayOracle(users: tracks.users, friendships: friendships.pairs, radius: radius)
        let driver = try await eventLoop.submit { [users = tracks.users] in
            NIOLoopBound(ReplayDriver(users: users, oracle: oracle, eventLoop: eventLoop), eventLoop: eventLoop)
        }.get()
        do {
            let summary = try await run(driver, NearbyConnector(group: group))
            try await eventLoop.submit { driver.value.closeAll() }.get()
            try await group.shutdownGracefully()
            return summary
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private func run(_ driver: NIOLoopBound<ReplayDriver>, _ connector: NearbyConnector) async throws -> ReplaySummary {
        let rest = try await connect(driver, connector)
        let began = ContinuousClock.now
        if isQuiet {
            let differences = try await runQuietly(driver, rest)
            let elapsed = ContinuousClock.now - began
            return try await driver.eventLoop.submit {
                ReplaySummary(driver.value, seconds: elapsed / .seconds(1), quiet: differences)
            }.get()
        }
        var paused = Duration.zero
        var differences: ReplayOracle.Differences? = checkpoints.map { _ in .init() }
        var progress = ProgressBar(total: rest.count)
        var next = 0
        var checkpoint = 0
        while next < rest.count {
            let end = min(rest.count, next + Self.window, segmentEnd(checkpoint, rest.count))
            try await send(rest[next..<end], driver, began: began + paused, first: tracks.fixes[0].time)
            next = end
            if next == segmentEnd(checkpoint, rest.count) {
                checkpoint += 1
                guard checkpoints != nil else { continue }
                let pause = ContinuousClock.now
                differences! += try await check(driver)
                paused += ContinuousClock.now - pause
            }
            progress.update(next, "\(next) of \(rest.count) fixes")
        }
        progress.finish()
        let elapsed = ContinuousClock.now - began - paused
        return try await driver.eventLoop.submit { [differences] in
            ReplaySummary(driver.value, seconds: elapsed / .seconds(1), differences: differences)
        }.get()
    }

    /// Where the segment of a checkpoint ends.
    private func segmentEnd(_ checkpoint: Int, _ count: Int) -> Int {
        let segments = checkpoints ?? 1
        return count * (checkpoint + 1) / segments
    }

    // MARK: Connecting

    /// Opens a session for every user, at the first fix of its track. Returns the other fixes.
    private func connect(_ driver: NIOLoopBound<ReplayDriver>, _ connector: NearbyConnector) async throws -> [TrackFix]
    {
        var first = [TrackFix?](repeating: nil, count: tracks.users.count)
        var rest: [TrackFix] = []
        for fix in tracks.fixes {
            if first[fix.user] == nil { first[fix.user] = fix } else { rest.append(fix) }
        }
        var progress = ProgressBar(total: tracks.users.count)
        for start in stride(from: 0, to: tracks.users.count, by: Self.connectBatch) {
            let batch = start..<min(start + Self.connectBatch, tracks.users.count)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for index in batch {
                    let token = token(tracks.users[index])
                    let place = first[index]!
                    tasks.addTask { try await open(index, token, place, driver, connector) }
                }
                try await tasks.waitForAll()
            }
            progress.update(batch.upperBound, "\(batch.upperBound) of \(tracks.users.count) sessions")
        }
        progress.finish()
        try await driver.eventLoop.flatSubmit { driver.value.everybodyWelcomed() }.get()
        return rest
    }

    private func open(
        _ index: Int, _ token: String, _ place: TrackFix, _ driver: NIOLoopBound<ReplayDriver>,
        _ connector: NearbyConnector
    ) async throws {
        let connection = try await connector.connect(to: servers[index % servers.count]) { event in
            driver.value.receive(event, for: index)
        }
        try await driver.eventLoop.submit { [isQuiet] in
            driver.value.hello(index, connection, token: token, at: place, quiet: isQuiet)
        }.get()
    }

    // MARK: Sending

    /// Sends fixes at their times, then lets the server catch up.
    private func send(
        _ fixes: ArraySlice<TrackFix>, _ driver: NIOLoopBound<ReplayDriver>, began: ContinuousClock.Instant,
        first: Int64
    ) async throws {
        if let speed {
            for fix in fixes {
                let due = began + .milliseconds(Double(fix.time - first) / speed)
                if due > ContinuousClock.now { try await Task.sleep(until: due) }
                driver.eventLoop.execute { driver.value.send(fix.user, fix.coordinate) }
            }
            return
        }
        let users = Set(fixes.map(\.user))
        try await driver.eventLoop.flatSubmit {
            for fix in fixes { driver.value.send(fix.user, fix.coordinate) }
            return driver.value.barrier(users)
        }.get()
    }

    // MARK: Checking

    /// Waits until the server has nothing more to say, and compares.
    private func check(_ driver: NIOLoopBound<ReplayDriver>) async throws -> ReplayOracle.Differences {
        var before = -1
        for _ in 0..<Self.maximumWaits {
            try await barrierForAll(driver)
            let deliveries = try await driver.eventLoop.submit { driver.value.deliveries }.get()
            if deliveries == before { break }
            before = deliveries
            try await Task.sleep(for: Self.quiet)
        }
        return try await driver.eventLoop.submit {
            driver.value.forgetSendTimes()
            return driver.value.compare()
        }.get()
    }

    private func barrierForAll(_ driver: NIOLoopBound<ReplayDriver>) async throws {
        try await driver.eventLoop.flatSubmit { driver.value.barrier(driver.value.clients.indices) }.get()
    }
}
