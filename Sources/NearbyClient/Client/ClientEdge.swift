import WebSocket

/// What a driver needs of the world: a connection and tokens. On the driver's event loop.
protocol ClientEdge: AnyObject {
    /// Opens a connection; the driver is told what becomes of it.
    func open(for driver: ClientDriver)
    func send(_ message: ClientMessage, seq: Int64?)
    /// Closes the connection; nothing more of it reaches the driver.
    func close(_ code: CloseCode)
    func fetchToken(for driver: ClientDriver)
}
