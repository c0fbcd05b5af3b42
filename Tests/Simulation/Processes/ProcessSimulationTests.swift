import Channels
import Foundation
import Testing

/// Friends on several processes, with a bus on which everything goes wrong: nobody is ever shown who is known not to share,
/// nothing goes back, and once all is quiet every list is what brute force says.
@Suite struct ProcessSimulationTests {
    /// A long run sets `NEARBY_PROCESS_SEEDS` to more.
    static let seedCount =
        ProcessInfo.processInfo.environment["NEARBY_PROCESS_SEEDS"].flatMap(Int.init) ?? 16

    /// Friends that every seed has to look for in lists, and to find there.
    private static let leastCompared = 150
    private static let leastShown = 40

    @Test(arguments: 0..<seedCount)
    func afterFaultsEveryListIsRight(seed: Int) {
        let world = ProcessWorld(seed: UInt64(seed))
        for round in 0..<4 {
            for _ in 0..<60 {
                world.act(withFaults: seed % 4 != 0)
                world.advance(Int64.random(in: 1...30, using: &world.random) * 10)
                guard world.fault == nil else { break }
            }
            world.quieten()
            let complaint = world.fault ?? world.complaint()
            #expect(complaint == nil, "seed \(seed), round \(round)")
            if complaint != nil { return }
        }
        #expect(world.comparedCount >= Self.leastCompared && world.shownCount >= Self.leastShown, "seed \(seed)")
    }
}
