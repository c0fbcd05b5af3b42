/// Letters on their way out of a role, in order; and what goes to, and is wanted from, other processes.
struct Letterbox {
    /// Until the shard takes them.
    var announcements: [Announcement] = []
    var interest = CellInterest()
    private var letters: [(letter: Letter, shard: Int)] = []
    private var next = 0
    let shardCount: Int

    init(shardCount: Int) { self.shardCount = shardCount }

    mutating func post(_ letter: Letter, to shard: Int) { letters.append((letter, shard)) }

    mutating func postToAll(_ letter: Letter) {
        for shard in 0..<shardCount { post(letter, to: shard) }
    }

    /// To each shard whose bit is set.
    mutating func post(_ letter: Letter, toEach mask: UInt64) {
        var rest = mask
        while rest != 0 {
            post(letter, to: rest.trailingZeroBitCount)
            rest &= rest - 1
        }
    }

    mutating func take() -> (letter: Letter, shard: Int)? {
        guard next < letters.count else {
            letters.removeAll(keepingCapacity: letters.capacity <= Self.keptCapacity)
            next = 0
            return nil
        }
        next += 1
        return letters[next - 1]
    }

    private static let keptCapacity = 4_096
}
