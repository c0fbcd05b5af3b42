import Channels
import Geo

/// Stands between the shards: takes what was left in their mailboxes and hands it over late, twice and in
/// another order.
///
/// Only states are treated so. Changes of friendships stay in their order, as the stores' locks
/// see to it, but may be late too.
struct SimulatedNetwork {
    private static let stateKind = Record(
        UserState(coordinate: .init(latitudeE7: 0, longitudeE7: 0)!, timestamp: 0, heard: 0), of: 0
    ).kind

    private let mailboxes: [Mailbox]
    private var states: [[Record]]
    private var changes: [[Record]]

    init(_ mailboxes: [Mailbox]) {
        self.mailboxes = mailboxes
        states = mailboxes.map { _ in [] }
        changes = states
    }

    var isEmpty: Bool { states.allSatisfy(\.isEmpty) && changes.allSatisfy(\.isEmpty) }

    /// Takes the mail of every shard out of its mailbox.
    mutating func collect() {
        for (shard, mailbox) in mailboxes.enumerated() {
            mailbox.take { record in
                if record.kind == Self.stateKind {
                    states[shard].append(record)
                } else {
                    changes[shard].append(record)
                }
            }
        }
    }

    /// Hands over some of what is on its way to a shard, or all of it.
    ///
    /// - Returns: whether that was anything.
    mutating func deliver(to shard: Int, everything: Bool, random: inout SeededGenerator) -> Bool {
        let late = everything ? [] : states[shard].filter { _ in random.chance(0.3) }
        var now = states[shard].filter { !late.contains($0) }
        now += now.filter { _ in random.chance(0.1) }
        now.shuffle(using: &random)
        states[shard] = late
        let count =
            everything ? changes[shard].count : Int.random(in: 0...changes[shard].count, using: &random)
        let changed = changes[shard].prefix(count)
        changes[shard].removeFirst(count)
        mailboxes[shard].push(random.chance(0.5) ? now + changed : changed + now)
        return !now.isEmpty || !changed.isEmpty
    }
}
