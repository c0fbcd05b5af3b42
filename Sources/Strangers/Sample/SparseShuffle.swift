/// Draws the numbers 0 ..< `count` in random order, one at a time and none twice (Fisher and Yates),
/// remembering only what was swapped: a draw costs the same however many numbers there are.
struct SparseShuffle {
    private var count = 0
    private var drawn = 0
    /// For a place that was drawn from, the number that now stands there.
    private var moved: [UInt32: UInt32] = [:]

    /// Begins again with the numbers 0 ..< `count`.
    mutating func start(count: Int) {
        self.count = count
        drawn = 0
        moved.removeAll(keepingCapacity: moved.count <= Self.keptCapacity)
    }

    /// The next number, or `nil` when all were drawn.
    mutating func next(_ random: inout StrangerRandom) -> Int? {
        guard drawn < count else { return nil }
        let place = UInt32(drawn + random.number(below: count - drawn))
        let first = UInt32(drawn)
        let number = moved[place] ?? place
        if place != first { moved[place] = moved[first] ?? first }
        moved[first] = nil
        drawn += 1
        return Int(number)
    }

    /// A rare large draw is not to keep its memory.
    private static let keptCapacity = 1_024
}
