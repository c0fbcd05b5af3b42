import Foundation
import Synchronization

/// A program that a test runs beside itself: its lines as they come, its end, and signals to exactly it.
///
/// It ends with the test's process, however that ends.
package final class ChildProcess: Sendable {
    /// Says the process id, waits for the end and says how it ended. Kills the program when the test's process is gone,
    /// unless it has ended before.
    private static let script = """
        exec 3<&0
        "$@" < /dev/null 3<&- 2>&1 & child=$!
        echo "pid $child"
        { cat <&3 > /dev/null; kill -0 $$ && kill -9 $child; } > /dev/null 2>&1 &
        exec 3<&-
        wait $child
        echo "status $?"
        """
    private static let maximumLines = 100_000

    package struct Failure: Error {
        package let output: String
    }

    package let identifier: Int32
    private let input: Pipe
    private let lines: Lines

    private init(identifier: Int32, input: Pipe, lines: Lines) {
        (self.identifier, self.input, self.lines) = (identifier, input, lines)
    }

    /// Starts a program.
    package static func start(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> ChildProcess {
        let shell = Process()
        let (input, output) = (Pipe(), Pipe())
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", script, "sh", executable] + arguments
        shell.environment = environment.merging(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]) { first, _ in first }
        shell.standardInput = input
        shell.standardOutput = output
        shell.standardError = output
        let lines = Lines()
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            lines.take(data)
        }
        try runUnblocked(shell)
        guard let first = await lines.first(where: { $0.hasPrefix("pid ") }), let identifier = Int32(first.dropFirst(4))
        else { throw Failure(output: lines.text) }
        return ChildProcess(identifier: identifier, input: input, lines: lines)
    }

    /// Dispatch's threads block most signals, and what they start inherits that: it would not hear SIGTERM.
    private static func runUnblocked(_ shell: Process) throws {
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try shell.run()
    }

    /// All that it has written so far.
    package var text: String { lines.text }

    /// The first line of which `matches` is true, among those already written as well.
    ///
    /// - Throws: ``Failure`` if it ends without one.
    @discardableResult
    package func line(where matches: @escaping @Sendable (String) -> Bool) async throws -> String {
        guard let line = await lines.first(where: matches) else { throw Failure(output: lines.text) }
        return line
    }

    package func signal(_ number: Int32) { Foundation.kill(identifier, number) }

    /// Waits for its end. Returns the exit status, 128 more than the signal that has ended it.
    package func end() async -> Int32? {
        let line = await lines.first { $0.hasPrefix("status ") }
        return line.flatMap { Int32($0.dropFirst("status ".count)) }
    }

    /// `kill -9`, and waits for its end.
    package func kill() async {
        signal(SIGKILL)
        _ = await end()
    }

    deinit {
        // The shell's guard kills it now, if it still runs.
        try? input.fileHandleForWriting.close()
    }

    /// Lines of text that some wait for.
    private final class Lines: Sendable {
        private struct Waiting {
            let matches: @Sendable (String) -> Bool
            let continuation: CheckedContinuation<String?, Never>
        }
        private struct State {
            var lines: [String] = []
            var rest = Data()
            var isOver = false
            var waiting: [Waiting] = []
        }

        private let state = Mutex(State())

        var text: String { state.withLock { $0.lines.joined(separator: "\n") } }

        func first(where matches: @escaping @Sendable (String) -> Bool) async -> String? {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    if let line = state.lines.first(where: matches) {
                        continuation.resume(returning: line)
                    } else if state.isOver {
                        continuation.resume(returning: nil)
                    } else {
                        state.waiting.append(Waiting(matches: matches, continuation: continuation))
                    }
                }
            }
        }

        /// - Parameter data: empty at the end.
        func take(_ data: Data) {
            state.withLock { state in
                state.isOver = data.isEmpty
                state.rest.append(data)
                while let end = state.rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: state.rest[..<end], as: UTF8.self)
                    state.rest.removeSubrange(...end)
                    if state.lines.count < ChildProcess.maximumLines { state.lines.append(line) }
                    Self.tell(&state) { $0.matches(line) ? line : nil }
                }
                if state.isOver {
                    for waiting in state.waiting { waiting.continuation.resume(returning: nil) }
                    state.waiting = []
                }
            }
        }

        private static func tell(_ state: inout State, _ answer: (Waiting) -> String?) {
            state.waiting.removeAll { waiting in
                guard let line = answer(waiting) else { return false }
                waiting.continuation.resume(returning: line)
                return true
            }
        }
    }
}
