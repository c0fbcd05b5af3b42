import Foundation
import Synchronization
import TestServers
import Testing

/// `redis-cli monitor` on a server.
final class Monitor: Sendable {
    private let process: Process
    private let text = Mutex(Data())

    /// Returns when it sees commands.
    init(_ server: RedisServer) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["redis-cli", "-p", "\(server.port)", "monitor"]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var start = Data()
        while !start.contains(UInt8(ascii: "\n")) {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw RedisServer.Failure(output: "no monitor") }
            start.append(data)
        }
        let rest = start
        text.withLock { $0 = rest }
        output.fileHandleForReading.readabilityHandler = { [self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil } else { text.withLock { $0.append(data) } }
        }
    }

    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The commands until the one that has `mark` in it, which is not among them.
    func lines(until mark: String) async -> [String] {
        await eventually { text.withLock { $0.range(of: Data(mark.utf8)) != nil } }
        let all = text.withLock { String(decoding: $0, as: UTF8.self) }.split(separator: "\n").map(String.init)
        return Array(all.dropFirst().prefix { !$0.contains(mark) })
    }
}
