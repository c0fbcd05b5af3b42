import Channels

/// For how long, and how far around the location that it sent last, a client may stay silent. `docs/protocol.md` says what
/// that promises and what not.
///
/// A pure function of what the client can see anyway, its own list and its own cell, in coarse steps: it tells the client
/// nothing about anybody else.
struct Quiet: Equatable {
    /// Seconds.
    let duration: Int64
    /// Metres, a multiple of ``Limits/quietStep``.
    let within: Int

    /// - Parameters:
    ///   - inactivity: after how long without a location a user is inactive, milliseconds.
    ///   - radius: how far the client looks, metres.
    ///   - list: the friends in the client's list; `nil` if it is empty.
    ///   - cell: how far the client may move without leaving its own blurred cell, metres; `nil` while it is not among strangers.
    init(inactivity: Int64, radius: Double, list: ListSpan?, cell: Double?) {
        duration = min(Limits.quietSeconds, inactivity / 1_000 / Limits.quietInactivityParts)
        var room = Double(Limits.quietMetres)
        if let list { room = min(room, list.nearest / Limits.quietParts, (radius - list.farthest) / Limits.quietParts) }
        if let cell { room = min(room, cell) }
        within = max(0, Int(room) / Limits.quietStep * Limits.quietStep)
    }

    /// Whether one friend at that distance, metres, is enough for a `within` smaller than this one.
    func isTooMuch(nearest: Double, farthest: Double, radius: Double) -> Bool {
        min(nearest, radius - farthest) < Double(within) * Limits.quietParts
    }
}
