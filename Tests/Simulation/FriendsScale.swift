import Channels
import Geo

/// How large a simulated world is, and how its people are tied together.
struct FriendsScale {
    let people: Int
    let shards: Int
    let steps: Int
    let clients: Int
    /// The first people, who are friends with almost everyone.
    let hubs: Int
    /// The chance that two people who are no hubs are friends.
    let friendship: Double
    /// Half the side of the area, degrees of latitude.
    let extent: Double
    /// How many people without a session appear in a step, at most.
    let passersBy: Int

    static func of(seed: Int) -> FriendsScale {
        let shards = 1 + seed % 4
        return switch seed % 12 {
        case 5:
            // Crowded: pages of twenty are not enough.
            FriendsScale(
                people: 60, shards: shards, steps: 60, clients: 20, hubs: 0, friendship: 0.9, extent: 0.02,
                passersBy: 10)
        case 11:
            // Sessions with more follows than an entry has dirty bits.
            FriendsScale(
                people: 640, shards: shards, steps: 15, clients: 8, hubs: 4, friendship: 0.01, extent: 0.05,
                passersBy: 120)
        default:
            FriendsScale(
                people: 26 + seed % 20, shards: shards, steps: 150, clients: 40, hubs: 0, friendship: 0.4,
                extent: 0.08, passersBy: 2)
        }
    }

    func areFriends(_ a: Int, _ b: Int, random: inout SeededGenerator) -> Bool {
        random.chance(min(a, b) < hubs ? 0.95 : friendship)
    }
}
