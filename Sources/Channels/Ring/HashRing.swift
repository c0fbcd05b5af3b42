/// Which of several servers a channel is on: consistent hashing, the same in every process whatever the order of the list.
///
/// Every member stands at 200 places of a circle of 2⁶⁴, and a key belongs to the first place at or after its own hash. So a
/// member that comes or goes moves only the keys that it gets or had, about one in as many as there are members, and the
/// loads differ by about 1/√200 = 7 %. (D. Karger et al., "Consistent Hashing and Random Trees", STOC 1997.)
public struct HashRing: Hashable, Sendable {
    /// Places of a member on the circle.
    public static let placesPerMember = 200
    /// The most members.
    public static let maximumMembers = 1_000

    /// The members, sorted, without repetition; never empty.
    public let members: [String]
    /// Places in order, and beside each the member that stands there.
    private let places: [UInt64]
    private let owners: [UInt16]

    /// - Parameter members: names that say nothing but which is which, such as URLs; in any order, repetitions ignored.
    /// - Returns: `nil` unless there are 1 to ``maximumMembers``, none of them empty.
    public init?(members: some Sequence<String>) {
        let members = Set(members).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard (1...Self.maximumMembers).contains(members.count), !members.contains("") else { return nil }
        self.members = members
        var standing: [(place: UInt64, owner: UInt16)] = []
        standing.reserveCapacity(members.count * Self.placesPerMember)
        for (owner, member) in members.enumerated() {
            for number in 0..<Self.placesPerMember {
                standing.append((RingHash.hash("\(member)#\(number)".utf8), UInt16(owner)))
            }
        }
        // Should two ever stand at one place, the order of the names decides.
        standing.sort { ($0.place, $0.owner) < ($1.place, $1.owner) }
        places = standing.map(\.place)
        owners = standing.map(\.owner)
    }

    /// The member that a key belongs to, as an index into ``members``. About 100 ns; the same for the same bytes for ever.
    public func index(of key: some Sequence<UInt8>) -> Int { Int(owners[slot(of: RingHash.hash(key))]) }

    /// The member that a key belongs to.
    public func member(for key: some Sequence<UInt8>) -> String { members[index(of: key)] }

    /// The place that owns a hash; after the last comes the first.
    private func slot(of hash: UInt64) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low == places.count ? 0 : low
    }

    /// How much of the circle each member owns, 0 to 1, in the order of ``members``. Exact.
    public var shares: [Double] {
        var shares = [Double](repeating: 0, count: members.count)
        for slot in places.indices {
            // Around the end of the numbers the difference wraps as the circle does.
            let before = places[slot == 0 ? places.count - 1 : slot - 1]
            shares[Int(owners[slot])] += Double(places[slot] &- before)
        }
        return shares.map { $0 / 0x1p64 }
    }

    /// The share of all keys, 0 to 1, that belong to another member in the other ring. Exact.
    public func share(movingTo other: HashRing) -> Double {
        let borders = (places + other.places).sorted()
        var moved = 0.0
        for (number, border) in borders.enumerated() {
            guard owner(of: border) != other.owner(of: border) else { continue }
            let before = borders[number == 0 ? borders.count - 1 : number - 1]
            moved += Double(border &- before)
        }
        return moved / 0x1p64
    }

    /// Which share of all keys, 0 to 1, goes from which member to which other when this ring becomes the other one; the
    /// largest first. Exact.
    public func moves(to other: HashRing) -> [Move] {
        let borders = (places + other.places).sorted()
        var shares: [[String]: Double] = [:]
        for (number, border) in borders.enumerated() {
            let (from, to) = (owner(of: border), other.owner(of: border))
            guard from != to else { continue }
            let before = borders[number == 0 ? borders.count - 1 : number - 1]
            shares[[from, to], default: 0] += Double(border &- before)
        }
        return shares.map { Move(from: $0[0], to: $0[1], share: $1 / 0x1p64) }
            .sorted { ($1.share, $0.from, $0.to) < ($0.share, $1.from, $1.to) }
    }

    /// Keys that change their member.
    public struct Move: Hashable, Sendable {
        public let from, to: String
        /// Of all keys, 0 to 1.
        public let share: Double
    }

    private func owner(of hash: UInt64) -> String { members[Int(owners[slot(of: hash)])] }
}
