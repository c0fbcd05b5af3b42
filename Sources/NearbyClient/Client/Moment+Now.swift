import Foundation

extension Moment {
    /// Both clocks of this machine. The uptime counts on while it sleeps.
    static var now: Moment {
        Moment(
            uptime: Int64((ContinuousClock.now - start) / .milliseconds(1)),
            wall: Int64(Date().timeIntervalSince1970 * 1_000))
    }

    private static let start = ContinuousClock.now
}
