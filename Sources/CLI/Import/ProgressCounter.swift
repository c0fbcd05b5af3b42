import Foundation

/// A line on standard error that counts up; silent unless that is a terminal.
struct ProgressCounter {
    private static let step = 100

    let noun: String
    private let isShown = isatty(STDERR_FILENO) != 0

    init(noun: String) { self.noun = noun }

    func update(_ count: Int) {
        if isShown, count % Self.step == 0 { write("\r\(count) \(noun)") }
    }

    /// Takes the line away.
    func finish() {
        if isShown { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
