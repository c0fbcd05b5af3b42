import Foundation
import Geo
import NearbyClient
import Server
import Synchronization

/// The demo: a city of real clients, and one of them, "you", whose view is printed.
struct Demo: Sendable {
    /// The same people every time.
    static let seed: UInt64 = 1_609
    /// Small enough that friends come and go.
    private static let radius = Radius(metres: 1_500)!
    /// Between the connects of two people, so that the machine stays quiet.
    private static let stagger = Duration.milliseconds(5)
    /// Between two steps of somebody.
    private static let crowdInterval = Duration.seconds(3)
    private static let ownInterval = Duration.seconds(2)
    /// How often the screen changes, and how often the list is told where there is no table.
    private static let screenInterval = Duration.seconds(1)
    private static let summaryInterval = Duration.seconds(10)

    let people: DemoPeople
    let reception: DemoReception
    /// Where they connect, each to one of them.
    let servers: [ServerURL]
    let issuer: TokenIssuer
    /// Friends within it are nearby on this server.
    let serverRadius: Radius

    /// Runs until the task is cancelled; throws nothing but `CancellationError`.
    func run() async throws {
        var screen = DemoScreen()
        let board = Board(DemoBoard(tellsMotion: !screen.isTerminal))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (index, person) in people.crowd.enumerated() {
                tasks.addTask {
                    try await Task.sleep(for: Self.stagger * index)
                    try await client(person, index, Self.crowdInterval).run()
                }
            }
            tasks.addTask { [board] in
                try await Task.sleep(for: Self.stagger * people.crowd.count)
                try await you(board).run()
            }
            try await show(board, on: &screen)
            try await tasks.waitForAll()
        }
    }

    private func client(_ person: DemoPerson, _ index: Int, _ interval: Duration) -> DemoClient {
        DemoClient(
            person: person, server: servers[index % servers.count], issuer: issuer, interval: interval,
            isTaken: { reception.isTaken(person.id) })
    }

    private func you(_ board: Board) -> DemoClient {
        var client = client(people.you, people.crowd.count, Self.ownInterval)
        client.start = DemoCity.fifthAvenueAnd42nd
        client.radius = serverRadius.metres < Self.radius.metres ? serverRadius : Self.radius
        client.moved = { walk in
            board.change { $0.moved(near: walk.corner.name) }
        }
        client.changed = { change in
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
            board.change { $0.apply(change, at: now) }
        }
        return client
    }

    private func show(_ board: Board, on screen: inout DemoScreen) async throws {
        var told = ContinuousClock.now
        while true {
            try await Task.sleep(for: Self.screenInterval)
            var lines = board.change { $0.takeLines() }
            if screen.isTerminal {
                DemoScreen.write(screen.text(lines: lines, table: board.change { $0.table() }))
                continue
            }
            if ContinuousClock.now - told >= Self.summaryInterval {
                told = .now
                let now = Int64(Date().timeIntervalSince1970 * 1_000)
                lines.append(board.change { $0.summary(at: now) })
            }
            DemoScreen.write(screen.text(lines: lines, table: []))
        }
    }
}

extension Demo {
    /// The board, for the connection that fills it and the screen that shows it.
    private final class Board: Sendable {
        private let board: Mutex<DemoBoard>

        init(_ board: DemoBoard) { self.board = Mutex(board) }

        func change<T: Sendable>(_ body: (inout sending DemoBoard) -> sending T) -> T {
            board.withLock { body(&$0) }
        }
    }
}
