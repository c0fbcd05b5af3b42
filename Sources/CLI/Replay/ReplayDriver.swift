import Channels
import Foundation
import Geo
import NIOCore
import NearbyClient
import WebSocket

/// All sessions of a replay, on one event loop: sends their fixes, takes what they are told, and waits for barriers.
final class ReplayDriver {
    /// How long the server may take to answer everybody.
    private static let patience = TimeAmount.seconds(60)

    let clients: [ReplayClient]
    private let indexes: [String: Int]
    private let eventLoop: any EventLoop
    var oracle: ReplayOracle
    private(set) var latencies = LatencyHistogram()
    private(set) var deliveries = 0
    private(set) var sent = 0
    /// Fixes of the tracks, sent or not, of clients that go by the server's `quiet`.
    var quietFixes = 0
    /// After how long without news a user vanishes, as the server said.
    private(set) var staleAfter: Double = 600
    private var barrierNumber: Int64 = 0
    private var awaited = 0
    private var promise: EventLoopPromise<Void>?

    init(users: [UserID], oracle: ReplayOracle, eventLoop: any EventLoop) {
        clients = users.map(ReplayClient.init)
        indexes = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1.string, $0) })
        self.oracle = oracle
        self.eventLoop = eventLoop
    }

    // MARK: Sending

    /// Says hello for a client whose connection is open, from the first fix of its track.
    ///
    /// - Parameter quiet: whether it asks how long it may stay silent.
    func hello(_ index: Int, _ connection: NearbyConnection, token: String, at fix: TrackFix, quiet: Bool) {
        let client = clients[index]
        client.connection = connection
        client.pace.send(.init(coordinate: fix.coordinate, time: fix.time))
        connection.send(.hello(.init(token: token, fix: newFix(index, fix.coordinate), quiet: quiet)))
    }

    func send(_ index: Int, _ coordinate: Coordinate) {
        sent += 1
        clients[index].connection?.send(.location(newFix(index, coordinate)))
    }

    private func newFix(_ index: Int, _ coordinate: Coordinate) -> Fix {
        let client = clients[index]
        let timestamp = client.nextTimestamp(wall: Int64(Date().timeIntervalSince1970 * 1_000))
        let now = ContinuousClock.now
        client.sentAt[timestamp] = now
        oracle.positions[index] = .init(coordinate: coordinate, ts: timestamp, sentAt: now)
        return Fix(position: coordinate, timestamp: timestamp)
    }

    // MARK: Waiting

    /// Succeeds when every client was welcomed and has all pages.
    func everybodyWelcomed() -> EventLoopFuture<Void> {
        wait(for: clients.count { !$0.isWelcomed })
    }

    /// Succeeds when the server has handled everything that these clients sent before.
    func barrier(_ indexes: some Collection<Int>) -> EventLoopFuture<Void> {
        barrierNumber += 1
        for index in indexes {
            clients[index].awaitedBarrier = barrierNumber
            sendBarrier(index)
        }
        return wait(for: indexes.count)
    }

    private func sendBarrier(_ index: Int) {
        clients[index].connection?.send(
            .settings(radius: nil, sharing: nil), seq: clients[index].awaitedBarrier)
    }

    private func wait(for count: Int) -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        guard count > 0 else {
            promise.succeed()
            return promise.futureResult
        }
        awaited = count
        self.promise = promise
        let timeout = eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
            promise.fail(ReplayError("the server did not answer everybody in time"))
        }
        promise.futureResult.whenComplete { _ in timeout.cancel() }
        return promise.futureResult
    }

    private func oneLess() {
        awaited -= 1
        guard awaited == 0 else { return }
        promise?.succeed()
        promise = nil
    }

    // MARK: Receiving

    func receive(_ event: NearbyEvent, for index: Int) {
        switch event {
        case .message(let message, let quiet, let arrived):
            if let quiet { clients[index].pace.told = quiet }
            take(message, arrived, for: index)
        case .unreadable:
            promise?.fail(ReplayError("the server said something that cannot be understood"))
            promise = nil
        case .closed(let code, _):
            promise?.fail(ReplayError("the server closed a session with \(code.rawValue)"))
            promise = nil
        }
    }

    private func take(_ message: ServerMessage, _ arrived: ContinuousClock.Instant, for index: Int) {
        let client = clients[index]
        client.view.apply(message)
        switch message {
        case .welcome(let welcome, _):
            staleAfter = welcome.staleAfter
            askForMore(client)
        case .page:
            askForMore(client)
        case .updates(let updates):
            deliveries += updates.friends.count
            for friend in updates.friends { measure(friend, arrived) }
        case .settings(_, _, let seq?) where seq == client.awaitedBarrier:
            client.awaitedBarrier = nil
            oneLess()
        case .error(let refusal, let seq):
            refused(refusal, seq: seq, index)
        default:
            break
        }
    }

    private func askForMore(_ client: ReplayClient) {
        if let cursor = client.view.nextCursor {
            client.connection?.send(.more(cursor: cursor))
        } else if !client.isWelcomed {
            client.isWelcomed = true
            oneLess()
        }
    }

    private func refused(_ refusal: ServerMessage.Refusal, seq: Int64?, _ index: Int) {
        guard refusal.code.rawValue == "rate_limited" else {
            promise?.fail(ReplayError("the server refused a message: \(refusal.code.rawValue)"))
            promise = nil
            return
        }
        let pause = TimeAmount.milliseconds(refusal.retryAfterMilliseconds ?? 1_000)
        eventLoop.assumeIsolated().scheduleTask(in: pause) { [self] in
            if clients[index].awaitedBarrier != nil {
                sendBarrier(index)
            } else {
                askForMore(clients[index])
            }
        }
    }

    private func measure(_ friend: Friend, _ arrived: ContinuousClock.Instant) {
        guard let sender = indexes[friend.id], let sentAt = clients[sender].sentAt[friend.fix.timestamp] else { return }
        let duration = (arrived - sentAt).components
        let microseconds = duration.seconds * 1_000_000 + duration.attoseconds / 1_000_000_000_000
        latencies.add(microseconds: UInt64(max(0, microseconds)))
    }

    // MARK: Checking

    /// Compares what everybody shows with brute force.
    func compare() -> ReplayOracle.Differences {
        var differences = ReplayOracle.Differences()
        let now = ContinuousClock.now
        for (index, client) in clients.enumerated() {
            let shown = client.view.friends.values.compactMap { friend in
                indexes[friend.id].map {
                    ($0, ReplayOracle.Shown(coordinate: friend.fix.position, ts: friend.fix.timestamp))
                }
            }
            var found = oracle.compare(
                index, shown: Dictionary(uniqueKeysWithValues: shown), now: now, staleAfter: staleAfter)
            found.extra += client.view.friends.count - shown.count
            differences += found
        }
        return differences
    }

    /// Forgets when fixes were sent: those that were not delivered by now never are.
    func forgetSendTimes() {
        for client in clients { client.sentAt.removeAll(keepingCapacity: true) }
    }

    func closeAll() {
        promise = nil
        for client in clients { client.connection?.close() }
    }
}

/// Why a replay could not go on.
struct ReplayError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
