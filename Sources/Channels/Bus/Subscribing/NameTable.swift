/// Finds a slot by the bytes of a channel's name, without making a string: open addressing, linear, at most half full.
///
/// Only the slots' owner knows the names, so it is asked whether one matches.
struct NameTable {
    /// A slot and 32 bits of its name's hash; `slot` -1 for a free place.
    private struct Place {
        var hash: UInt32
        var slot: Int32

        static let free = Place(hash: 0, slot: -1)
    }

    private static let smallest = 64
    private var places = [Place](repeating: .free, count: smallest)
    private(set) var count = 0

    private var mask: Int { places.count - 1 }

    static func hash(_ name: UnsafeRawBufferPointer) -> UInt32 {
        var hasher = Hasher()
        hasher.combine(bytes: name)
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    func slot(hash: UInt32, where matches: (Int32) -> Bool) -> Int32? {
        var at = Int(hash) & mask
        while places[at].slot >= 0 {
            if places[at].hash == hash, matches(places[at].slot) { return places[at].slot }
            at = (at + 1) & mask
        }
        return nil
    }

    /// Adds a slot whose name is in no place yet.
    mutating func insert(_ slot: Int32, hash: UInt32) {
        if (count + 1) * 2 > places.count { resize(to: places.count * 2) }
        place(Place(hash: hash, slot: slot))
        count += 1
    }

    mutating func remove(_ slot: Int32, hash: UInt32) {
        var gap = Int(hash) & mask
        while places[gap].slot != slot {
            guard places[gap].slot >= 0 else { return }
            gap = (gap + 1) & mask
        }
        closeGap(gap)
        count -= 1
        if places.count > Self.smallest, count * 8 < places.count { resize(to: places.count / 2) }
    }

    /// Moves what follows to where a search would still find it.
    private mutating func closeGap(_ start: Int) {
        var gap = start
        var at = (gap + 1) & mask
        while places[at].slot >= 0 {
            let wanted = Int(places[at].hash) & mask
            if (at - wanted) & mask >= (at - gap) & mask {
                places[gap] = places[at]
                gap = at
            }
            at = (at + 1) & mask
        }
        places[gap] = .free
    }

    private mutating func resize(to capacity: Int) {
        let former = places
        places = [Place](repeating: .free, count: capacity)
        for entry in former where entry.slot >= 0 { place(entry) }
    }

    private mutating func place(_ entry: Place) {
        var at = Int(entry.hash) & mask
        while places[at].slot >= 0 { at = (at + 1) & mask }
        places[at] = entry
    }
}
