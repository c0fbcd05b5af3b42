import Foundation

extension Thread {
    /// How long a thread that waits takes to notice that it is to end.
    static let endCheck: Duration = .milliseconds(50)

    /// Sleeps, unless there is no reason to any more.
    static func pause(for time: Duration, unless isOver: () -> Bool) {
        let end = ContinuousClock.now + time
        while !isOver(), .now < end {
            sleep(forTimeInterval: min(endCheck, ContinuousClock.now.duration(to: end)) / .seconds(1))
        }
    }
}
