import Dispatch
import Foundation
import Synchronization

/// Threads whose end can be waited for, to the last instruction.
///
/// libpq's TLS needs that: while a process ends, OpenSSL takes itself down, and whoever still uses it then, if only to
/// end its thread, ends the process by a signal.
final class JoinableThreads: Sendable {
    private let running = Mutex<[pthread_t]>([])

    func start(_ body: @escaping @Sendable () -> Void) {
        let thread = Self.begin(Unmanaged.passRetained(Body(body)))
        running.withLock { $0.append(thread) }
    }

    /// Returns when all threads have ended. Telling them to is the caller's.
    func join() async {
        let threads = running.withLock { running in
            defer { running = [] }
            return running
        }
        if threads.isEmpty { return }
        await withCheckedContinuation { continuation in
            // Not on a thread of the tasks, which must not block.
            DispatchQueue.global().async {
                for thread in threads { pthread_join(thread, nil) }
                continuation.resume()
            }
        }
    }

    /// Nobody waits any more: the threads clear up after themselves.
    deinit {
        for thread in running.withLock({ $0 }) { pthread_detach(thread) }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private static func begin(_ body: Unmanaged<Body>) -> pthread_t {
        let argument = body.toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            let status = pthread_create(&thread, nil, { JoinableThreads.run($0) }, argument)
            guard status == 0, let thread else { preconditionFailure("the system has no thread left") }
        #else
            var thread = pthread_t()
            let status = pthread_create(&thread, nil, { JoinableThreads.run($0!) }, argument)
            precondition(status == 0, "the system has no thread left")
        #endif
        return thread
    }

    private static func run(_ body: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run()
        return nil
    }
}
