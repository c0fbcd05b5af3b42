import Channels
import Friends

/// Calls among so few users that they meet in every way.
struct RandomCalls {
    static let ids: [UserID] = ["a", "b", "c", "d", "e"]
    private var generator: SplitMix64
    private var now: Int64 = 0
    /// Later than any clock says when the calls are made: a common database takes nothing that was heard before a deletion.
    private static let future: Int64 = 4_000_000_000_000

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func next() -> RandomCall {
        now += 1
        let (a, b) = (user(), user())
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: return .put(a, name: "name \(now)")
        case 1: return .ensure(a)
        case 2: return .setSharing(Bool.random(using: &generator), a)
        case 3: return .erase(a)
        case 4, 5: return .befriend(a, b)
        case 6: return .unfriend(a, b)
        case 7, 8, 9: return .request(a, b)
        case 10: return .removeRequest(a, b)
        case 11: return .block(a, by: b, .user, now: now)
        case 12: return .block(a, by: b, .sid("sid \(now % 3)"), now: now)
        case 13: return .unblockUser(a, by: b)
        case 14: return .unblockFirst(by: a)
        case 15: return .importFriendships([Friendship(a, b), Friendship(user(), user())])
        case 16: return .report(Report(reporter: a, reported: b, naming: .sid("s"), reason: nil, at: now))
        case 17: return .move(location(a, ts: Int64.random(in: 0..<9, using: &generator), heardAt: Self.future + now))
        case 18: return .account(a)
        default: return .lists(a)
        }
    }

    private mutating func user() -> UserID {
        Self.ids.randomElement(using: &generator)!
    }
}
