/// What one shard has to tell the others, collected during a tick and handed over at its end.
///
/// Owned by one shard and touched on its loop only.
struct Outbox {
    private var batches: [[Record]]
    private var occupied: [Int] = []

    init(shardCount: Int) {
        batches = Array(repeating: [], count: shardCount)
    }

    var isEmpty: Bool { occupied.isEmpty }

    mutating func append(_ record: Record, to shard: Int) {
        if batches[shard].isEmpty { occupied.append(shard) }
        batches[shard].append(record)
    }

    /// Hands every batch over; at most one wake-up a shard.
    mutating func send(to mailboxes: [Mailbox]) {
        for shard in occupied {
            mailboxes[shard].push(batches[shard])
            batches[shard] = []
        }
        occupied.removeAll(keepingCapacity: true)
    }
}
