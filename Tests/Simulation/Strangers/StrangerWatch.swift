import Channels
import Geo

@testable import Strangers

/// Remembers where everybody was, as the processes of their own sessions had it, and holds what clients are shown against
/// it: whatever happens on the bus, nobody is shown who was not there, and in nothing that too few shared.
struct StrangerWatch {
    /// When a user was last in a blurred cell.
    private var lastThere: [UInt32: [Geohash: Int64]] = [:]
    private var lastOn: [UInt32: Int64] = [:]
    /// Since when two users must not see each other.
    var hiddenSince: [[UInt32]: Int64] = [:]
    /// Since when nothing has gone wrong.
    var calmSince: Int64 = 0
    private(set) var fault: String?
    /// Who was in a cell lately, as of this check.
    private var visitors: [Geohash: Set<UInt32>] = [:]
    /// Showings that were looked at.
    private(set) var lookCount = 0

    /// How late a message may be, and how coarsely time is looked at; milliseconds.
    private static let slack: Int64 = 1_500 + 2_000
    /// How long something that is not so any more may be shown, if messages about it were lost.
    private static let lease = StrangerLimits.presenceMilliseconds + slack
    /// How long a change in the database takes to act everywhere.
    static let longestFeed: Int64 = 1_000

    // MARK: What is true

    mutating func note(_ process: StrangerProcess) {
        for (user, presence, _) in process.ownPresences {
            lastOn[user] = process.world.now
            if let cell = presence.cell { lastThere[user, default: [:]][cell.geohash] = process.world.now }
        }
    }

    /// What crosses the bus: blurred cells and minutes.
    mutating func note(_ record: Record, on cell: Geohash) {
        guard case .presence(_, let said)? = Letter(record) else {
            return fault = "something else than presences is said"
        }
        if cell.precision != StrangerLimits.coarsestPrecision
            || said.cell.geohash.precision > StrangerLimits.finestPrecision
            || record.heard != .min
        {
            fault = "more is said than a blurred cell and a minute"
        }
    }

    // MARK: What is shown

    mutating func check(_ world: StrangerWorld) {
        visitors = [:]
        for process in world.processes {
            for client in process.clients.values {
                if let fault = client.fault { self.fault = fault }
                if client.end < world.now - Self.slack { fault = "the opt-in of \(client.user) does not end" }
                for shown in client.view.values { check(shown, by: client.user, world) }
            }
        }
        if !world.isCalm { calmSince = world.now }
    }

    private mutating func check(_ shown: StrangerClient.Shown, by observer: UInt32, _ world: StrangerWorld) {
        lookCount += 1
        let (user, cell) = (shown.user, shown.stranger.cell)
        let isCalm = world.now - calmSince > Self.lease + StrangerLimits.sweepMilliseconds
        let late = world.now - (isCalm ? Self.slack : Self.lease)
        if lastOn[user] ?? .min < late { return fault = "\(observer) is shown \(user), who is off" }
        let visitors = visitors(of: cell, since: late - world.settings.tickMilliseconds)
        guard visitors.contains(user) else { return fault = "\(observer) is shown \(user) in \(cell), where it is not" }
        if visitors.count < world.settings.k {
            fault = "\(observer) is shown \(user) in \(cell), which \(visitors.count) share"
        }
        if hiddenSince[[min(observer, user), max(observer, user)]] ?? .max < world.now - Self.longestFeed - 1_000 {
            fault = "\(observer) is shown \(user), from whom it is hidden"
        }
    }

    private mutating func visitors(of cell: Geohash, since time: Int64) -> Set<UInt32> {
        if let known = visitors[cell] { return known }
        let users = lastThere.filter { $0.value.contains { cell.contains($0.key) && $0.value >= time } }.keys
        visitors[cell] = Set(users)
        return Set(users)
    }
}
