import Channels
import Foundation
import Geo
import Testing

/// After each step every client's view equals brute force, once it has been flushed.
@Suite struct FriendsSimulationTests {
    /// A long run sets `NEARBY_SIMULATION_SEEDS` to more.
    static let seedCount = ProcessInfo.processInfo.environment["NEARBY_SIMULATION_SEEDS"].flatMap(Int.init) ?? 24
    static let places = [
        Coordinate(latitude: 40.75, longitude: -73.98)!,
        Coordinate(latitude: -17.0, longitude: 179.99)!,
        Coordinate(latitude: 89.95, longitude: 10)!,
    ]

    @Test(arguments: 0..<seedCount)
    func everyViewEqualsBruteForce(seed: Int) {
        let world = FriendsWorld(
            seed: UInt64(seed), center: Self.places[seed % 3], people: 26 + seed % 20, shards: 1 + seed % 4)
        for step in 0..<150 {
            world.step()
            world.settle()
            let complaint = Self.complaint(about: world)
            #expect(complaint == nil, "seed \(seed), step \(step)")
            if complaint != nil { return }
        }
    }

    private static func complaint(about world: FriendsWorld) -> String? {
        if let fault = world.faults.first { return fault }
        for client in world.clients where !client.isSlow {
            let expected = world.model.expectedView(of: client, now: world.now)
            if client.total != expected.count {
                return "\(client.name): total \(client.total), not \(expected.count)"
            }
            for (friend, entry) in client.view where expected[friend] != entry {
                return "\(client.name) shows \(friend) \(expected[friend] == nil ? "who is not there" : "elsewhere")"
            }
            if client.pagesAll, let missing = expected.keys.first(where: { client.view[$0] == nil }) {
                return "\(client.name) misses \(missing)"
            }
        }
        return nil
    }
}
