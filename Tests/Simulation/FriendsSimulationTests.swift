import Channels
import Foundation
import Geo
import Testing

/// After each step every client's view equals brute force, once it has been flushed.
@Suite struct FriendsSimulationTests {
    /// A long run sets `NEARBY_SIMULATION_SEEDS` to more.
    static let seedCount =
        ProcessInfo.processInfo.environment["NEARBY_SIMULATION_SEEDS"].flatMap(Int.init) ?? 16
    static let places = [
        Coordinate(latitude: 40.75, longitude: -73.98)!,
        Coordinate(latitude: -17.0, longitude: 179.99)!,
        Coordinate(latitude: 89.95, longitude: 10)!,
    ]

    @Test(arguments: 0..<seedCount)
    func everyViewEqualsBruteForce(seed: Int) {
        let scale = FriendsScale.of(seed: seed)
        let world = FriendsWorld(seed: UInt64(seed), center: Self.places[seed % 3], scale: scale)
        for step in 0..<scale.steps {
            world.step()
            world.settle()
            let complaint = world.complaint()
            #expect(complaint == nil, "seed \(seed), step \(step)")
            if complaint != nil { return }
        }
    }
}
