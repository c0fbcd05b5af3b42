import CLibpq
import Foundation

/// The places where a connection waits, never beyond its deadline.
extension PostgreSQLConnection {
    /// The next result; `nil` at the end of one step's results.
    func next() throws(PostgreSQLError) -> OpaquePointer? {
        while PQisBusy(handle) != 0 {
            try wait(for: POLLIN)
            try check(PQconsumeInput(handle))
        }
        return PQgetResult(handle)
    }

    /// Sends all that is queued, and reads meanwhile, so that the two sides cannot wait for each other.
    func flush() throws(PostgreSQLError) {
        while true {
            let left = PQflush(handle)
            if left == 0 { return }
            guard left == 1 else { throw .lost }
            try waitUntilWritable()
        }
    }

    func waitUntilWritable() throws(PostgreSQLError) {
        let ready = try wait(for: POLLIN | POLLOUT)
        if ready & Int16(POLLIN) != 0 { try check(PQconsumeInput(handle)) }
        if ready & Int16(POLLOUT) == 0 { return }
        guard PQflush(handle) >= 0 else { throw .lost }
    }

    @discardableResult
    private func wait(for events: Int32) throws(PostgreSQLError) -> Int16 {
        guard let ready = SocketWait.wait(PQsocket(handle), events, until: deadline) else { throw .timedOut }
        return ready
    }
}

/// Waiting for a socket with a deadline.
enum SocketWait {
    /// What the socket is ready for, `nil` when the time is up first. A broken socket is ready for everything.
    static func wait(_ socket: Int32, _ events: Int32, until deadline: ContinuousClock.Instant) -> Int16? {
        while true {
            let left = ContinuousClock.now.duration(to: deadline).milliseconds
            guard left > 0 else { return nil }
            var descriptor = pollfd(fd: socket, events: Int16(events), revents: 0)
            let ready = poll(&descriptor, 1, Int32(clamping: left))
            if ready > 0 { return descriptor.revents }
            if ready < 0, errno != EINTR { return Int16(POLLIN | POLLOUT) }
        }
    }
}
