import Foundation

/// Standard error, for one line at a time.
enum StandardError {
    /// Writes a line; line breaks and other control characters in it are written as their numbers.
    static func write(_ message: String) {
        var rest = Array((Self.oneLine(message) + "\n").utf8)[...]
        // Closed or full, there is nobody to be told.
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    static func oneLine(_ message: String) -> String {
        var line = ""
        for scalar in message.unicodeScalars {
            if scalar.properties.generalCategory == .control {
                line += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
        return line
    }
}
