import NIOCore
import NearbyClient

/// A replay whose clients go by the server's `quiet`, fix by fix in the tracks' own time: before each decision everybody
/// concerned has heard what the server has to say.
extension Replay {
    func runQuietly(_ driver: NIOLoopBound<ReplayDriver>, _ rest: [TrackFix]) async throws -> QuietDifferences {
        var differences = QuietDifferences()
        var progress = ProgressBar(total: rest.count)
        let checkpoints = checkpoints ?? 1
        for (place, fix) in rest.enumerated() {
            try await sendDue(driver, before: fix.time)
            try await barrier(driver, [fix.user])
            let mustSend = try await on(driver) { $0.take(fix) }
            if mustSend { try await sendHeld(driver, fix.user, at: fix.time) }
            // The checkpoints are spread evenly, the last one at the end.
            let done = place + 1
            if done * checkpoints / rest.count > place * checkpoints / rest.count {
                try await barrier(driver, Array(tracks.users.indices))
                differences += try await on(driver) { $0.compareQuiet() }
            }
            progress.update(done, "\(done) of \(rest.count) fixes")
        }
        progress.finish()
        return differences
    }

    /// Sends what was held for as long as it may be.
    private func sendDue(_ driver: NIOLoopBound<ReplayDriver>, before time: Int64) async throws {
        while let (index, due) = try await on(driver, { $0.firstDue(before: time) }) {
            try await sendHeld(driver, index, at: due)
        }
    }

    /// Sends a fix, and then whatever others have to send because they hear of it.
    private func sendHeld(_ driver: NIOLoopBound<ReplayDriver>, _ index: Int, at time: Int64) async throws {
        var senders = [index]
        while let sender = senders.popLast() {
            try await on(driver) { $0.sendHeld(sender, at: time) }
            try await barrier(driver, [sender])
            let silent = try await on(driver) { $0.silentFriends(of: sender) }
            try await barrier(driver, silent)
            let tooFar = try await on(driver) { driver in silent.filter { driver.isTooFar($0) } }
            senders += tooFar.filter { !senders.contains($0) }
        }
    }

    private func barrier(_ driver: NIOLoopBound<ReplayDriver>, _ indexes: [Int]) async throws {
        guard !indexes.isEmpty else { return }
        try await driver.eventLoop.flatSubmit { driver.value.barrier(indexes) }.get()
    }

    private func on<T: Sendable>(
        _ driver: NIOLoopBound<ReplayDriver>, _ body: @escaping @Sendable (ReplayDriver) -> T
    ) async throws -> T {
        try await driver.eventLoop.submit { body(driver.value) }.get()
    }
}
