import WebSocket

/// What a loop's edge has done since it was made. Plain numbers, copied out by the owner.
struct EdgeCounters: Sendable {
    var opened: UInt64 = 0
    var closed: [CloseCode: UInt64] = [:]
    var messages: UInt64 = 0
    var frameBytes: UInt64 = 0
    var errors: [ErrorCode: UInt64] = [:]
    /// Locations that a newer one of the same session replaced before they were taken.
    var conflated: UInt64 = 0
    var deliveryTimes = DeliveryTimes()
}
