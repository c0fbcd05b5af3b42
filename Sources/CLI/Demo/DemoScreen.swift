import Foundation

/// Where the demo writes: lines one below the other and, on a terminal, a table below them that is drawn anew.
struct DemoScreen {
    let isTerminal: Bool
    private var tableHeight = 0

    init(isTerminal: Bool = isatty(STDOUT_FILENO) != 0) {
        self.isTerminal = isTerminal
    }

    /// What has to be written to add the lines and to replace the table.
    mutating func text(lines: [String], table: [String]) -> String {
        var text = ""
        if tableHeight > 0 { text += "\u{1B}[\(tableHeight)A\r\u{1B}[J" }
        for line in lines + table { text += line + "\n" }
        tableHeight = table.count
        return text
    }

    /// Writes at once. A reader that is gone is no reason to end a server.
    static func write(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
}
