import Geo

@testable import Strangers

/// What the client of one session has been told.
final class StrangerClient {
    struct Shown {
        var user: UInt32
        var stranger: Stranger
    }

    let session: UInt32
    let user: UInt32
    let shard: Int
    var radius: Double
    /// When the opt-in ends, by the world's clock.
    var end: Int64
    var isReady = false
    private(set) var isTooFew = true
    private(set) var view: [Sid: Shown] = [:]
    private(set) var fault: String?

    init(session: UInt32, user: UInt32, shard: Int, radius: Double, end: Int64) {
        self.session = session
        self.user = user
        self.shard = shard
        self.radius = radius
        self.end = end
    }

    /// - Parameter claims: the cells that the process has claimed for users, now and the time before.
    func take(_ status: StrangerStatus, in process: StrangerProcess, claims: [[Geohash]]) {
        isTooFew = status.isTooFew
        for item in status.items { enter(item, in: process, claims) }
        let shown = Set(status.items.map(\.sid))
        view = view.filter { shown.contains($0.key) }
        checkNobodyStandsTwice()
    }

    func take(_ changes: StrangerChanges, in process: StrangerProcess, claims: [[Geohash]]) {
        for sid in changes.gone { view[sid] = nil }
        for item in changes.entered { enter(item, in: process, claims) }
        checkNobodyStandsTwice()
    }

    private func enter(_ item: Stranger, in process: StrangerProcess, _ claims: [[Geohash]]) {
        let world = process.world
        let number = world.pseudonyms.resolve(
            item.sid, observer: world.number(of: user), wallMilliseconds: process.moment.wall)
        guard let number else { return fault = "\(user) is told a pseudonym that stands for nobody" }
        let shown = world.user(number: number)
        if shown == user { fault = "\(user) is shown itself" }
        if !world.settings.precisions.contains(item.cell.precision) { fault = "\(user) is told \(item.cell)" }
        if item.timestamp % StrangerLimits.minuteMilliseconds != 0 { fault = "\(user) is told a time to the second" }
        // Who is shown already stays until the session looks again.
        if view[item.sid] == nil,
            !claims.contains(where: { cells in cells.count { item.cell.contains($0) } >= world.settings.k })
        {
            fault = "\(user) is shown \(shown) in \(item.cell), where too few are known to be"
        }
        view[item.sid] = Shown(user: shown, stranger: item)
    }

    private func checkNobodyStandsTwice() {
        if Set(view.values.map(\.user)).count != view.count { fault = "\(user) is shown somebody twice" }
    }
}
