import NIOCore
import Synchronization

@testable import Server

/// Pairs of friends on two servers. In each pair one moves, and moves again once the other has heard of it; so every
/// single update is counted, and one that is lost is noticed.
final class Flow: Sendable {
    struct Pair: Sendable {
        let mover, hearer: Peer
    }

    /// An update that takes longer is lost.
    static let patience = TimeAmount.seconds(10)

    private let pairs: [Pair]
    private let pause: Duration
    private let isOver = Atomic<Bool>(false)

    private init(_ pairs: [Pair], pause: Duration) {
        self.pairs = pairs
        self.pause = pause
    }

    /// - Parameter rate: updates a second, together.
    static func open(
        pairs count: Int, rate: Int, from one: LiveServer, to other: LiveServer
    ) async throws -> Flow {
        var pairs: [Pair] = []
        for number in 0..<count {
            for server in [one, other] { try await server.befriend("m\(number)", "h\(number)") }
            let hearer = try await other.client("h\(number)")
            let mover = try await one.client("m\(number)", at: Place.home.north(100))
            pairs.append(Pair(mover: mover, hearer: hearer))
        }
        return Flow(pairs, pause: .seconds(1) * count / rate)
    }

    /// Moves until `body` is done.
    ///
    /// - Returns: how many updates were heard, and how many were lost.
    func run(_ body: () async throws -> Void) async throws -> (heard: Int, lost: Int) {
        let moving = Task {
            await withTaskGroup(of: (Int, Int).self) { tasks in
                for pair in pairs { tasks.addTask { await self.move(pair) } }
                return await tasks.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
            }
        }
        do { try await body() } catch {
            isOver.store(true, ordering: .relaxed)
            throw error
        }
        isOver.store(true, ordering: .relaxed)
        let (heard, lost) = await moving.value
        return (heard, lost)
    }

    private func move(_ pair: Pair) async -> (Int, Int) {
        var (heard, ts) = (0, ServerClock.system.wallMilliseconds() + 1)
        while !isOver.load(ordering: .relaxed) {
            ts = max(ts + 1, ServerClock.system.wallMilliseconds())
            pair.mover.move(to: Place.home.north(100 + Double(heard % 50)), ts: ts)
            guard await hears(pair.hearer, ts) else { return (heard, 1) }
            heard += 1
            try? await Task.sleep(for: pause)
        }
        return (heard, 0)
    }

    private func hears(_ peer: Peer, _ ts: Int64) async -> Bool {
        while true {
            guard case .text(let text)? = try? await peer.hear(within: Self.patience),
                let message = try? JSON(text: text)
            else { return false }
            if message["friends"][0]["ts"] == .number(ts) { return true }
        }
    }
}
