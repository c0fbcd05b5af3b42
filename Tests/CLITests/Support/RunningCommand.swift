import Foundation
import Synchronization

/// The built `nearby` command while it runs: its lines as they come, and its end.
///
/// It is killed after a while, so that whoever waits for a line that never comes waits for the end of ``lines``.
final class RunningCommand: Sendable {
    /// A slow machine starts a server and two hundred clients in it.
    private static let patience = DispatchTimeInterval.seconds(90)
    private static let maximumLines = 100_000

    let lines: AsyncStream<String>
    private let status: AsyncStream<Int32>
    private let identifier: Int32

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = Command.executable
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let (lines, line) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingOldest(Self.maximumLines))
        let (status, ended) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingNewest(1))
        process.terminationHandler = { process in
            ended.yield(process.terminationReason == .exit ? process.terminationStatus : -1)
            ended.finish()
        }
        let rest = Mutex(Data())
        output.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return line.finish()
            }
            rest.withLock { rest in
                rest.append(data)
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    line.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest.removeSubrange(...end)
                }
            }
        }
        try process.run()
        identifier = process.processIdentifier
        (self.lines, self.status) = (lines, status)
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
    }

    /// The first line from now on of which `matches` is true; `nil` if there is none.
    func firstLine(where matches: (String) -> Bool) async -> String? {
        await lines.first { matches($0) }
    }

    /// Sends Ctrl-C and returns the exit status; -1 if a signal ended it.
    func interrupt() async -> Int32? {
        kill(identifier, SIGINT)
        for await _ in lines {}
        return await status.first { _ in true }
    }
}
