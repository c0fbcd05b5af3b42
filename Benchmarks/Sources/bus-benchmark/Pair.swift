import NIOCore

/// One who speaks and one who hears, each on an event loop of its own, as two processes would.
protocol Pair {
    var speaker: any EventLoop { get }
    var hearer: any EventLoop { get }
    /// States that have come to the hearer.
    var delivered: Int { get }
    /// States that Redis has acknowledged: fewer than were published if newer ones took their places while they waited.
    var sent: Int { get }
    /// States that wait to be sent.
    var waiting: Int { get }

    /// Publishes the newest state of a user, by its number.
    func publish(_ user: Int, timestamp: Int64)
    func stop() throws
}
