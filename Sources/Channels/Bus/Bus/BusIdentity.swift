internal import Logging

/// Who a bus is, and what it tells the time by.
struct BusIdentity: Sendable {
    let process: UInt64
    let clock: @Sendable () -> Int64
    let logger: Logger

    /// What `CLIENT LIST` shows.
    var clientName: String { "nearby-" + String(process, radix: 16) }
}
