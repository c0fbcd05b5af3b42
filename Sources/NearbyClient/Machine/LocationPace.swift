import Geo

/// Where the user is, what the server was told of it, and when it is to be told next: seldom while nothing moves.
struct LocationPace {
    private struct Sent {
        var position: Coordinate
        /// Uptime.
        var at: Int64
    }

    /// The newest position; `nil` before the first, and after the server could not take it.
    private(set) var fix: Fix?
    private var sent: Sent?
    /// What the server said of silence; stands until it says otherwise, or the session ends.
    private var quiet: Quiet?
    private var newestTimestamp: Int64 = 0

    mutating func moved(to fix: Fix) { self.fix = fix }

    mutating func forgetFix() { fix = nil }

    /// The server did not take a location, perhaps one of a clock that was ahead: the next one is as of when it is sent,
    /// and need not be newer than that one.
    mutating func forgetTimestamps() {
        newestTimestamp = 0
        fix?.timestamp = 0
    }

    mutating func forgetSession() { (sent, quiet) = (nil, nil) }

    /// The server said for how long and how far around the location sent last nobody misses another one.
    mutating func hush(_ quiet: Quiet) { self.quiet = quiet }

    /// The fix as a message says it. A `ts` that is not newer than the one before would count for nothing.
    mutating func take(_ now: Moment) -> Fix? {
        guard var fix else { return nil }
        if fix.timestamp <= newestTimestamp { fix.timestamp = max(now.wall, newestTimestamp + 1) }
        newestTimestamp = fix.timestamp
        sent = Sent(position: fix.position, at: now.uptime)
        return fix
    }

    /// When the next location is to be sent if the position stays as it is, uptime; `nil` outside a session.
    /// - Parameter updateEvery: seconds.
    func due(updateEvery: Double) -> Int64? {
        guard let sent, let fix else { return nil }
        let way = sent.position.distance(to: fix.position)
        let accuracy = min(fix.accuracy ?? 0, ClientLimits.accuracyMaximum)
        let hasMoved = way >= max(ClientLimits.move, accuracy / 2)
        return sent.at + pause(hasMoved, way, updateEvery)
    }

    private func pause(_ hasMoved: Bool, _ way: Double, _ updateEvery: Double) -> Int64 {
        let pause =
            if let quiet, !hasMoved || way <= quiet.within {
                min(.milliseconds(seconds: quiet.duration), ClientLimits.quietMaximum)
            } else if hasMoved {
                ClientLimits.moveInterval
            } else {
                Int64.milliseconds(seconds: updateEvery * ClientLimits.heartbeat)
            }
        return max(pause, ClientLimits.moveInterval)
    }
}
