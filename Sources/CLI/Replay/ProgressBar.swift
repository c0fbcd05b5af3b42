import Foundation

/// A line on standard error that shows how far something is; silent unless that is a terminal.
struct ProgressBar {
    private static let width = 30

    private let total: Int
    private let isShown = isatty(STDERR_FILENO) != 0
    private var drawn = -1

    init(total: Int) { self.total = max(1, total) }

    /// Draws the bar again if a further percent is done.
    mutating func update(_ done: Int, _ note: String) {
        let percent = done * 100 / total
        guard isShown, percent != drawn else { return }
        drawn = percent
        let filled = percent * Self.width / 100
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
        write("\r\(bar) \(percent) %  \(note)   ")
    }

    /// Ends the line.
    func finish() {
        if isShown { write("\n") }
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
