import Geo

/// The users that this process has taken out of a cell lately: said again in answers to roll calls, so that who missed it
/// hears of it as soon as it hears anything.
struct Departures {
    private var presences: [Geohash: [UInt32: Presence]] = [:]
    /// When each may be forgotten, ascending: by then nobody knows the user to be there any more.
    private var ends: [(time: Int64, user: UInt32, order: UInt64, cell: Geohash)] = []
    /// Those before it are done.
    private var next = 0

    subscript(user: UInt32, in cell: Geohash) -> Presence? { presences[cell]?[user] }

    func users(in cell: Geohash) -> some Sequence<UInt32> { presences[cell, default: [:]].keys }

    func isEmpty(in cell: Geohash) -> Bool { presences[cell] == nil }

    /// Something was announced: notes an end, forgets it when the user is back.
    mutating func note(_ announcement: Announcement, now: Int64) {
        let (user, cell, presence) = (announcement.user, announcement.cell, announcement.presence)
        guard presence.kind.isEnd else { return forget(user, in: cell) }
        presences[cell, default: [:]][user] = presence
        ends.append((now + StrangerLimits.presenceMilliseconds, user, presence.order, cell))
    }

    mutating func tick(now: Int64) {
        while next < ends.count, ends[next].time <= now {
            let end = ends[next]
            next += 1
            if self[end.user, in: end.cell]?.order == end.order { forget(end.user, in: end.cell) }
        }
        guard next > Self.sweptCount, next > ends.count / 2 else { return }
        ends.removeFirst(next)
        next = 0
    }

    private mutating func forget(_ user: UInt32, in cell: Geohash) {
        guard presences[cell] != nil else { return }
        presences[cell]?[user] = nil
        if presences[cell]?.isEmpty == true { presences[cell] = nil }
    }

    private static let sweptCount = 1_024
}
