import Foundation

/// A Redis server on a free port of the loopback, ended with the benchmark, however that ends.
final class RedisProcess {
    private static let script = """
        redis-server "$@" & echo "pid $!"; cat > /dev/null; kill -9 $! 2> /dev/null; wait
        """

    let port: Int
    private let identifier: pid_t
    private let shell = Process()
    private let input = Pipe()

    struct Failure: Error {
        let output: String
    }

    init() throws {
        port = try Self.freePort()
        let output = Pipe()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", Self.script, "sh", "--port", "\(port)", "--bind", "127.0.0.1", "--save", ""]
        shell.standardInput = input
        shell.standardOutput = output
        try shell.run()
        var text = ""
        while !text.contains("Ready to accept connections") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Failure(output: text) }
            text += String(decoding: data, as: UTF8.self)
        }
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("pid ") }),
            let identifier = pid_t(line.dropFirst(4))
        else { throw Failure(output: text) }
        self.identifier = identifier
        output.fileHandleForReading.readabilityHandler = { handle in
            if handle.availableData.isEmpty { handle.readabilityHandler = nil }
        }
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        shell.waitUntilExit()
    }

    /// Seconds of CPU, user and system, in steps of 10 ms.
    func cpu() -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return 0 }
        let fields = text[end...].split(separator: " ")
        return ((Double(fields[12]) ?? 0) + (Double(fields[13]) ?? 0)) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Failure(output: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
