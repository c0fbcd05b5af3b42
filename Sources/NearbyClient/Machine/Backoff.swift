/// Pauses between tries with full jitter: any moment up to a limit that doubles, so that clients that were cut off
/// together come back apart.
struct Backoff {
    /// Tries that failed one after the other.
    private(set) var attempt = 0
    private static let maximumDoublings = 20

    mutating func reset() { attempt = 0 }

    /// The server has too much to do: as if some tries had failed already.
    mutating func serverIsBusy() { attempt = max(attempt, ClientLimits.busyAttempts) }

    /// Counts a failed try. Returns the pause after it, milliseconds.
    /// - Parameter random: 0 to 1.
    mutating func next(random: Double) -> Int64 {
        let limit = min(
            ClientLimits.backoffMaximum, ClientLimits.backoffBase << min(attempt, Self.maximumDoublings))
        attempt += 1
        return Int64((random * Double(limit)).rounded())
    }
}
