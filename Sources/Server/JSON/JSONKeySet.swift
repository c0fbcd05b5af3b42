/// The keys of one object so far, to find one that comes twice.
///
/// Keys are kept as 64-bit hashes: eight in place, more in a heap set. Two different keys with one hash would
/// be taken for the same; who constructs such a pair has its own message refused and nothing else.
struct JSONKeySet {
    private var first = SIMD8<UInt64>(repeating: 0)
    private var count = 0
    private var more: Set<UInt64> = []

    /// `false` if the key was there before.
    mutating func insert(_ key: JSONText) -> Bool {
        // 0 marks a free place.
        let hash = max(key.hash, 1)
        if any(first .== SIMD8(repeating: hash)) { return false }
        guard count < SIMD8<UInt64>.scalarCount else { return more.insert(hash).inserted }
        first[count] = hash
        count += 1
        return true
    }
}
