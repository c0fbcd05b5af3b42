internal import NIOCore

/// Somebody who waits until Redis has acknowledged some channels. Lives on the bus' loop.
final class Waiter {
    let channels: [BusChannel]
    /// How many of them are still to be told of.
    var outstanding = 0
    private(set) var isFinished = false
    private let finish: (BusReadiness) -> Void
    private var timeout: Scheduled<Void>?

    init(_ channels: [BusChannel], finish: @escaping (BusReadiness) -> Void) {
        self.channels = channels
        self.finish = finish
    }

    func limit(_ timeout: Scheduled<Void>) {
        self.timeout = timeout
    }

    func finish(missing: [BusChannel]) {
        guard !isFinished else { return }
        isFinished = true
        timeout?.cancel()
        finish(BusReadiness(missing: missing))
    }
}
