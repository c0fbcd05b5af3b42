/// What a ``RedisBus`` tells its owner. Always on the bus' event loop, so nothing here may take long.
public protocol BusDelegate: AnyObject, Sendable {
    /// What came in one read of one server.
    func busReceived(_ batch: borrowing BusBatch)
    /// These channels were lost with their server, or came late; they are acknowledged again. What was published on them
    /// meanwhile is not known: fetch it from the cache.
    func busRestored(_ interests: [BusInterest])
    func busServerChanged(_ server: BusServer)
}
