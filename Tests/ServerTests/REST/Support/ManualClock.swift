import Synchronization

@testable import Server

/// Both clocks of a server, moved by hand.
final class ManualClock: Sendable {
    /// Milliseconds since the Unix epoch at which every test starts.
    static let start: Int64 = 1_800_000_000_000

    private let passed = Atomic<Int64>(0)

    func advance(milliseconds: Int64) {
        passed.add(milliseconds, ordering: .sequentiallyConsistent)
    }

    var wall: Int64 { Self.start + passed.load(ordering: .sequentiallyConsistent) }
    var monotonic: Int64 { 1_000_000 + passed.load(ordering: .sequentiallyConsistent) }

    var serverClock: ServerClock {
        ServerClock(monotonicMilliseconds: { self.monotonic }, wallMilliseconds: { self.wall })
    }
}
