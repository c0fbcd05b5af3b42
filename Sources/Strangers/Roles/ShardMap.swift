import Geo

/// Which shard has which role: the home of a user, the owner of a cell.
struct ShardMap {
    let shardCount: Int

    func home(of user: UInt32) -> Int { Int(user) % shardCount }

    /// The owner of all cells in the same cell of precision 4; for no cell, the home of the user itself.
    func owner(of cell: BlurredCell?, user: UInt32) -> Int {
        guard let cell else { return home(of: user) }
        let ancestor = cell.geohash.parent(precision: StrangerLimits.coarsestPrecision).rawValue
        // Fibonacci hashing: neighbouring cells spread over the shards.
        let hash = (ancestor &* 0x9E37_79B9_7F4A_7C15) >> 32
        return Int(hash % UInt64(shardCount))
    }
}
