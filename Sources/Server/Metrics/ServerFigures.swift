import Channels
import Friends
import Synchronization

/// All that the server counts, read at one time: what `/metrics` and `/v1/admin/stats` say.
struct ServerFigures: Sendable {
    let loopCount: Int
    let loops: LoopFigures
    /// How long the busiest loop took to answer, milliseconds.
    let loopDelay: Double
    /// Users that this process ever heard of.
    let users: Int
    let history: HistoryCounts
    /// `nil` without a common database.
    let database: DatabaseFigures?
    let answers: [(status: Int, count: UInt64)]
    let process: ProcessFigures
    /// `nil` for a process that is alone.
    let cluster: ClusterFigures?
    /// Milliseconds: since the Unix epoch, and since then.
    let startedAt, uptime: Int64
    let isDraining: Bool

    /// Asks every event loop. Waits for each, so figures of different loops are from slightly different times.
    static func read(
        _ core: ServerCore, answers: AnswerCounters, process: ProcessClock
    ) async throws -> ServerFigures {
        var loops = LoopFigures()
        var delay = Duration.zero
        for loop in core.loops {
            let asked = ContinuousClock.now
            guard let answer = try await loop.ask({ (LoopFigures($0), ContinuousClock.now) }) else { continue }
            loops += answer.0
            delay = max(delay, answer.1 - asked)
        }
        return ServerFigures(
            loopCount: core.loops.count, loops: loops, loopDelay: delay / .milliseconds(1),
            users: core.engine.users.count,
            history: core.writer.counts, database: core.database.map(DatabaseFigures.init), answers: answers.all,
            process: ProcessFigures(), cluster: ClusterFigures(core),
            startedAt: process.startedAt, uptime: process.uptime,
            isDraining: core.drainOrder.isGiven)
    }
}
