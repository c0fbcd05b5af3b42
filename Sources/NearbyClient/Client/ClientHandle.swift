import NIOCore

/// The way to a driver from anywhere: what is handed in happens on its event loop, in order.
final class ClientHandle: Sendable {
    let eventLoop: any EventLoop
    private let driver: NIOLoopBoundBox<ClientDriver?>

    /// - Parameter make: called on the event loop before anything else happens there.
    init(eventLoop: any EventLoop, _ make: @escaping @Sendable () -> ClientDriver) {
        self.eventLoop = eventLoop
        driver = .makeEmptyBox(valueType: ClientDriver.self, eventLoop: eventLoop)
        perform { [driver] _ in driver.value = make() }
    }

    /// - Parameter body: gets `nil` after ``end()``.
    func perform(_ body: @escaping @Sendable (ClientDriver?) -> Void) {
        eventLoop.execute { [driver] in body(driver.value) }
    }

    /// Something has happened.
    func tell(_ body: @escaping @Sendable (inout ClientMachine, Moment) -> Void) {
        perform { driver in driver?.happened(body) }
    }

    /// The server's answer to a request.
    func ask(
        _ body: @escaping @Sendable (inout ClientMachine, Moment) -> Int
    ) async throws(NearbyError) -> ServerMessage {
        let outcome =
            await withCheckedContinuation { continuation in
                perform { driver in
                    guard let driver else { return continuation.resume(returning: .failure(.init(code: .stopped))) }
                    driver.request(body) { continuation.resume(returning: $0) }
                }
            } as Result<ServerMessage, NearbyError>
        return try outcome.get()
    }

    func end() {
        eventLoop.execute { [driver] in
            driver.value?.end()
            driver.value = nil
        }
    }
}
