import ArgumentParser
import Foundation

/// Reads `--color`.
enum ColorArgument: String, CaseIterable {
    case auto, always, never

    static func parse(_ text: String) throws -> ColorArgument {
        guard let color = ColorArgument(rawValue: text) else {
            throw ValidationError("--color: must be auto, always or never")
        }
        return color
    }

    /// `auto` means where standard output is a terminal, unless `NO_COLOR` is set to something (https://no-color.org).
    var isColored: Bool {
        switch self {
        case .always: true
        case .never: false
        case .auto:
            isatty(STDOUT_FILENO) == 1
                && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
                && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        }
    }
}
