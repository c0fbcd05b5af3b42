/// Why a CSV file cannot be read, with its name and, where there is one, the line.
struct CSVError: Error, Equatable, CustomStringConvertible {
    let path: String
    /// From 1, the header included.
    let line: Int?
    let reason: String

    var description: String {
        if let line { "\(path), line \(line): \(reason)" } else { "\(path): \(reason)" }
    }
}
