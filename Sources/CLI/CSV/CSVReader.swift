/// Reads a CSV file (RFC 4180) row by row, whatever its size; `.gz` is read as it is.
///
///     var reader = try CSVReader(path: path, columns: ["user_a", "user_b"])
///     while let row = try reader.next() { use(row.fields[0], row.fields[1]) }
///
/// The first line names the columns; they may stand in any order, and others are skipped. Lines end with LF or
/// CR LF; empty ones are skipped. Every row must have as many fields as the header.
struct CSVReader: ~Copyable {
    /// The fields of a row may not be longer, so that a quote that was never closed does not take all memory.
    static let maximumRowBytes = 65_536

    struct Row: Equatable {
        /// Where the row begins, from 1.
        let line: Int
        /// The wished columns, in the order wished; an optional one that the file does not have is empty.
        let fields: [String]
    }

    private var scanner: CSVScanner
    /// Where in a row the wished columns are.
    private let places: [Int?]
    private let width: Int

    /// Throws if the file cannot be read or its header lacks one of `columns`.
    init(path: String, columns: [String], optional: [String] = []) throws(CSVError) {
        var scanner = try CSVScanner(path: path)
        let header = try scanner.next() ? try scanner.fields() : []
        for column in columns where !header.contains(column) {
            throw CSVError(path: path, line: 1, reason: "there is no column `\(column)`")
        }
        places = (columns + optional).map { header.firstIndex(of: $0) }
        width = header.count
        self.scanner = scanner
    }

    /// The next row; `nil` at the end.
    mutating func next() throws(CSVError) -> Row? {
        guard try scanner.next() else { return nil }
        guard scanner.count == width else {
            let reason = "\(scanner.count) fields, but the header has \(width)"
            throw CSVError(path: scanner.path, line: scanner.line, reason: reason)
        }
        var fields: [String] = []
        fields.reserveCapacity(places.count)
        for place in places {
            fields.append(try place.map { (place) throws(CSVError) in try scanner.field(place) } ?? "")
        }
        return Row(line: scanner.line, fields: fields)
    }
}
