import NIOCore

/// One event loop's server part as other threads know it: they can wake it and send it work.
final class LoopHandle: Sendable {
    let eventLoop: any EventLoop
    private let box: NIOLoopBoundBox<ServerLoop?>

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        box = .makeEmptyBox(eventLoop: eventLoop)
    }

    /// The server part itself. On the event loop only, after ``install(_:)``.
    var loop: ServerLoop { box.value! }

    /// Once, on the event loop, before anybody wakes it.
    func install(_ loop: ServerLoop) { box.value = loop }

    /// Ends and releases the server part. On the event loop.
    func stop() {
        box.value?.stop()
        box.value = nil
    }

    /// Makes the loop take its mail soon. Any thread.
    func wake() {
        execute { $0.tick() }
    }

    /// Does something with the server part, unless it is gone. On the event loop only.
    func withLoop(_ body: (ServerLoop) -> Void) {
        if let loop = box.value { body(loop) }
    }

    /// Does something on the loop, unless the server part is gone. Any thread.
    func execute(_ body: @escaping @Sendable (ServerLoop) -> Void) {
        eventLoop.execute { self.withLoop(body) }
    }

    /// Asks something of the loop. Any thread but the loop's own.
    func ask<T: Sendable>(_ body: @escaping @Sendable (ServerLoop) -> T) async throws -> T? {
        try await eventLoop.submit { self.box.value.map(body) }.get()
    }
}
