import ArgumentParser
import Foundation

/// Runs a command line as the geohash verbs promise it: negative numbers are values, a mistake is answered with one line
/// on standard error, and a reader that has seen enough (`| head`) is no mistake.
enum GeohashLauncher {
    /// Parses and runs the arguments, then ends the process.
    ///
    /// - Parameters:
    ///   - arguments: those of the process, without its name.
    ///   - root: the command that they are given to.
    static func run(_ arguments: [String], of root: any ParsableCommand.Type) async -> Never {
        // A closed pipe is then told by write(2) and not by the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try root.parseAsRoot(NegativeNumbers.escaped(arguments))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch is ClosedPipe {
            exit(EXIT_SUCCESS)
        } catch {
            end(with: error, of: root)
        }
        exit(EXIT_SUCCESS)
    }

    private static func end(with error: any Error, of root: any ParsableCommand.Type) -> Never {
        let status = root.exitCode(for: error).rawValue
        // Help and the like go to standard output, as everywhere.
        guard status != EXIT_SUCCESS else { root.exit(withError: error) }
        let message = root.message(for: error)
        if !message.isEmpty { StandardError.write("Error: \(NegativeNumbers.restored(message))") }
        exit(status)
    }
}
