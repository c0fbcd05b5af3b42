/// Who has to be looked at when, to the second: lists by due second, read by a sweep each second.
///
/// A look is a reminder, not a verdict: whoever is reminded checks its own deadline and, if that was
/// moved, asks for another reminder. Deadlines far away are looked at once an hour, so the entries of
/// those who left do not pile up for a token's whole life. Owned by one event loop.
struct Deadlines {
    /// A connection's place in the loop's list, and which of its tenants is meant.
    struct Entry {
        let place: Int
        let tenancy: UInt32
    }

    private static let farthestSeconds: Int64 = 3_600

    private var lists: [Int64: [Entry]] = [:]
    private var swept: Int64

    init(now: Int64) { swept = now / 1_000 }

    /// Reminds of `entry` at `deadline` (monotonic milliseconds) or up to a second later, or earlier to ask again.
    mutating func remind(_ entry: Entry, at deadline: Int64) {
        let second = min(max(deadline / 1_000 + 1, swept + 1), swept + Self.farthestSeconds)
        lists[second, default: []].append(entry)
    }

    /// Everyone whose second has come.
    mutating func due(now: Int64) -> [Entry] {
        let second = now / 1_000
        guard second > swept else { return [] }
        var entries: [Entry] = []
        for passed in (swept + 1)...second {
            if let list = lists.removeValue(forKey: passed) { entries += list }
        }
        swept = second
        return entries
    }
}
