import Geo

@testable import Strangers

/// Brute force: who has to be shown to whom when all is quiet, from what is true in the whole world.
struct StrangerOracle {
    private let world: StrangerWorld
    /// Where everyone is who is among strangers; the outer `nil`: is not.
    private var cells: [UInt32: Geohash] = [:]
    private(set) var comparedCount = 0
    private(set) var shownCount = 0

    init(_ world: StrangerWorld) { self.world = world }

    /// What is wrong with what clients are shown.
    mutating func complaint() -> String? {
        if let wrong = locate() { return wrong }
        for process in world.processes {
            for client in process.sortedClients {
                guard client.isReady else { return "\(client.user) was never let in" }
                if let wrong = complaint(about: client) { return "\(client.user) at \(process.index) \(wrong)" }
            }
        }
        return nil
    }

    /// A user is where the process says that said it last, of those where it has a session; and that is a cell of the
    /// newest position.
    private mutating func locate() -> String? {
        let said = world.processes.flatMap { process in
            process.ownPresences.map {
                (user: $0.user, presence: $0.presence, rank: ($0.isLive ? 1 : 0, $0.presence.order))
            }
        }
        let blur = Blur(world.settings)
        for (user, sayings) in Dictionary(grouping: said, by: \.user) {
            guard let cell = sayings.max(by: { $0.rank < $1.rank })?.presence.cell else { continue }
            cells[user] = cell.geohash
            if blur.cell(of: world.people[Int(user)].position, holding: cell) != cell {
                return "\(user) is said to be elsewhere"
            }
        }
        return nil
    }

    private func publishedCell(of user: UInt32) -> Geohash? {
        guard let cell = cells[user] else { return nil }
        for precision in world.settings.precisions.reversed() where precision <= cell.precision {
            let ancestor = cell.parent(precision: precision)
            if cells.values.count(where: { ancestor.contains($0) }) >= world.settings.k { return ancestor }
        }
        return nil
    }

    private mutating func complaint(about client: StrangerClient) -> String? {
        // Whoever gets new pseudonyms sees nobody for a tick.
        guard !world.changesPseudonyms(client.user) else { return nil }
        let expected = expectedView(of: client)
        let shown = Dictionary(uniqueKeysWithValues: client.view.values.map { ($0.user, $0.stranger) })
        comparedCount += world.people.count - 1
        shownCount += expected.count
        if client.isTooFew != (publishedCell(of: client.user) == nil) { return "is told too_few \(client.isTooFew)" }
        for user in Set(expected.keys).union(shown.keys).sorted() {
            guard let cell = expected[user] else { return "is shown \(user)" }
            guard let stranger = shown[user] else { return "misses \(user) in \(cell)" }
            if stranger.cell != cell { return "is shown \(user) in \(stranger.cell), not in \(cell)" }
            let minute = world.people[Int(user)].timestamp / StrangerLimits.minuteMilliseconds
            if stranger.timestamp != minute * StrangerLimits.minuteMilliseconds {
                return "is shown \(user) at another minute"
            }
        }
        return nil
    }

    private func expectedView(of client: StrangerClient) -> [UInt32: Geohash] {
        guard let own = cells[client.user] else { return [:] }
        var view: [UInt32: Geohash] = [:]
        for user in cells.keys where user != client.user && !world.isHidden(client.user, user) {
            if let cell = publishedCell(of: user), own.gap(to: cell) <= client.radius { view[user] = cell }
        }
        return view
    }
}
