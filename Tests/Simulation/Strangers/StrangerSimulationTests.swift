import Foundation
import Testing

@testable import Strangers

/// Strangers on several processes, with a bus on which everything goes wrong: whatever happens, nobody is shown more than
/// the rules allow, and once all is quiet every session is shown what brute force says.
@Suite struct StrangerSimulationTests {
    /// A long run sets `NEARBY_STRANGER_SEEDS` to more.
    static let seedCount =
        ProcessInfo.processInfo.environment["NEARBY_STRANGER_SEEDS"].flatMap(Int.init) ?? 6

    /// Pairs of an observer and somebody else that every seed has to compare, and those of them that are shown.
    private static let leastCompared = 800
    private static let leastShown = 120

    @Test(arguments: 0..<seedCount)
    func whateverHappensNobodyIsShownMoreThanAllowed(seed: Int) throws {
        let world = try StrangerWorld(seed: UInt64(seed))
        var (compared, shown) = (0, 0)
        for round in 0..<3 {
            for _ in 0..<60 where world.watch.fault == nil {
                world.act(withFaults: seed % 4 != 0)
                world.advance(Int64.random(in: 1...40, using: &world.random) * (world.random.chance(0.05) ? 3_000 : 50))
            }
            world.quieten()
            var oracle = StrangerOracle(world)
            let complaint = world.watch.fault ?? oracle.complaint()
            #expect(complaint == nil, "seed \(seed), round \(round)")
            if complaint != nil { return }
            compared += oracle.comparedCount
            shown += oracle.shownCount
        }
        #expect(compared >= Self.leastCompared && shown >= Self.leastShown, "seed \(seed)")
    }
}
