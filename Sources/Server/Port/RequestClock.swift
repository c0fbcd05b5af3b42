import NIOCore

/// When the request that is being read began. A request that arrives in one piece, as nearly all
/// do, costs no timer: one is set only for what is still incomplete at the end of a read.
struct RequestClock {
    private var since: NIODeadline?
    private var isTimerSet = false
    /// Whether a request's head was seen and its end was not.
    private(set) var isMidRequest = false
    /// Whether this read has brought any part of a request.
    private var hasSeenPart = false

    mutating func headCame() {
        hasSeenPart = true
        isMidRequest = true
    }

    mutating func bodyCame() { hasSeenPart = true }

    mutating func endCame() {
        hasSeenPart = true
        isMidRequest = false
        since = nil
    }

    /// Nothing has come yet, and the time runs.
    /// - Returns: Whether a timer has to be set.
    mutating func start(now: NIODeadline) -> Bool {
        if since == nil { since = now }
        defer { isTimerSet = true }
        return !isTimerSet
    }

    /// A read is over. One that brought bytes and no part of a request was within a head.
    /// - Returns: Whether a timer has to be set.
    mutating func readEnded(now: NIODeadline) -> Bool {
        let isIncomplete = isMidRequest || !hasSeenPart
        hasSeenPart = false
        return isIncomplete && start(now: now)
    }

    /// What to do when the timer has fired.
    enum Verdict: Equatable {
        case nothing
        case tooSlow
        case again(TimeAmount)
    }

    mutating func timerFired(now: NIODeadline, limit: TimeAmount) -> Verdict {
        isTimerSet = false
        guard let since else { return .nothing }
        let left = since + limit - now
        if left <= .nanoseconds(0) { return .tooSlow }
        isTimerSet = true
        return .again(left)
    }
}
