import Channels
import Friends
import Synchronization

/// All that the server counts, read at one time: what `/metrics` and `/v1/admin/stats` say.
struct ServerFigures: Sendable {
    let loopCount: Int
    let loops: LoopFigures
    /// Users that this process ever heard of.
    let users: Int
    let history: HistoryCounts
    let answers: [(status: Int, count: UInt64)]
    let process: ProcessFigures
    /// Milliseconds: since the Unix epoch, and since then.
    let startedAt, uptime: Int64
    let isDraining: Bool

    /// Asks every event loop. Waits for each, so figures of different loops are from slightly different times.
    static func read(
        _ core: ServerCore, answers: AnswerCounters, process: ProcessClock
    ) async throws -> ServerFigures {
        var loops = LoopFigures()
        for loop in core.loops {
            if let figures = try await loop.ask({ LoopFigures($0) }) { loops += figures }
        }
        return ServerFigures(
            loopCount: core.loops.count, loops: loops, users: core.engine.users.count,
            history: core.writer.counts, answers: answers.all, process: ProcessFigures(),
            startedAt: process.startedAt, uptime: process.uptime,
            isDraining: core.isDraining.load(ordering: .relaxed))
    }
}
