import Foundation

/// A run of the built `nearby` command.
struct Command {
    let status: Int32
    let output: String
    let errors: String

    /// Runs it to its end. It sees nothing of this process's environment but the given variables.
    init(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws {
        let directory = try TemporaryDirectory()
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
        process.standardInput = try FileHandle(
            forReadingFrom: URL(fileURLWithPath: directory.write(input, to: "input")))
        // Files, not pipes: however much is written, nothing has to be read meanwhile.
        let (output, errors) = (directory.path + "/output", directory.path + "/errors")
        for path in [output, errors] { _ = try directory.write("", to: (path as NSString).lastPathComponent) }
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        self.output = try String(contentsOfFile: output, encoding: .utf8)
        self.errors = try String(contentsOfFile: errors, encoding: .utf8)
    }

    /// The same, without keeping the tests' own threads from what it talks to.
    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Command {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try Command(arguments, environment: environment) })
            }
        }
    }

    /// It is built beside the tests.
    static let executable = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("nearby")
}
