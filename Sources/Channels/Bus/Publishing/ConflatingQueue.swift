internal import NIOCore

/// What can wait in a ``ConflatingQueue``.
protocol Waiting {
    /// How much it counts towards the bound.
    var count: Int { get }
    /// Takes what came later for the same key.
    mutating func merge(_ later: Self)
}

/// A bounded queue with one place a key: what comes later for a key that waits is merged into its place, so a slow
/// server costs freshness and never memory.
struct ConflatingQueue<Key: Hashable, Value: Waiting> {
    private var values: [Key: Value] = [:]
    private var order: CircularBuffer<Key> = []
    let maximumCount: Int
    /// What waits, by ``Waiting/count``.
    private(set) var count = 0

    init(maximumCount: Int) {
        self.maximumCount = maximumCount
    }

    var isEmpty: Bool { order.isEmpty }

    /// - Returns: whether there was room. What only renews something that waits always has.
    mutating func put(_ value: Value, for key: Key) -> Bool {
        if let place = values.index(forKey: key) { return renew(place, value) }
        guard count + value.count <= maximumCount else { return false }
        values[key] = value
        order.append(key)
        count += value.count
        return true
    }

    private mutating func renew(_ place: Dictionary<Key, Value>.Index, _ value: Value) -> Bool {
        let before = values.values[place].count
        // A copy only if it may have to be taken back.
        let former = count + value.count > maximumCount ? values.values[place] : nil
        values.values[place].merge(value)
        let growth = values.values[place].count - before
        if growth > 0, count + growth > maximumCount, let former {
            values.values[place] = former
            return false
        }
        count += growth
        return true
    }

    mutating func takeFirst() -> (key: Key, value: Value)? {
        guard let key = order.popFirst(), let value = values.removeValue(forKey: key) else { return nil }
        count -= value.count
        return (key, value)
    }

    /// Gives back what was taken but may not have arrived. What came for the key since then wins.
    ///
    /// - Returns: whether there was room.
    mutating func putBack(_ value: Value, for key: Key) -> Bool {
        guard let later = values[key] else { return put(value, for: key) }
        var merged = value
        merged.merge(later)
        let growth = merged.count - later.count
        guard growth <= 0 || count + growth <= maximumCount else { return false }
        values[key] = merged
        count += growth
        return true
    }

}
