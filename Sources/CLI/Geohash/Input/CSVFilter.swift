/// Reads CSV with a header from standard input and writes it to standard output with columns appended.
struct CSVFilter {
    /// The columns to read, and the names of those to append.
    let columns: [String]
    let appended: [String]

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The wanted fields of a row, by the index of the column.
    typealias Row = (Int) -> UnsafeRawBufferPointer

    /// - Parameters:
    ///   - read: what the fields mean. What it finds wrong is said with the row's line.
    ///   - write: writes the fields to append, a comma before each.
    func run<Value>(
        read: (Row) throws -> Value, write: (Value, inout StandardOutput) throws -> Void
    ) throws {
        var rows = CSVRowReader()
        var output = StandardOutput()
        var fields = CSVFields()
        do {
            guard let header = try rows.next() else { throw GeohashFailure("standard input: has no header") }
            fields.split(header)
            let width = fields.count
            let places = try rows.input.naming(line: rows.line) { () throws -> [Int] in
                try self.places(of: fields, in: header)
            }
            try output.write(header)
            for name in appended { try output.write(",\(name)") }
            try Self.endRow(rows.input.lineEndBytes, &output)
            while let row = try rows.next() {
                fields.split(row)
                let value = try rows.input.naming(line: rows.line) {
                    guard fields.count == width else { throw CSVFault.fieldCount(fields.count, header: width) }
                    return try read { fields.field(places[$0], of: row) }
                }
                try output.write(row)
                try write(value, &output)
                try Self.endRow(rows.input.lineEndBytes, &output)
                if rows.input.isDrained { try output.flush() }
            }
        } catch let failure as GeohashFailure {
            try output.flush()
            throw failure
        }
        try output.flush()
    }

    private func places(of fields: CSVFields, in header: UnsafeRawBufferPointer) throws(CSVFault) -> [Int] {
        let isMarked = header.starts(with: Self.byteOrderMark)
        let names = (0..<fields.count).map { index in
            let name = fields.field(index, of: header)
            return String(decoding: index == 0 && isMarked ? name[3...] : name[...], as: UTF8.self)
        }
        if let name = appended.first(where: names.contains) { throw .columnExists(name) }
        var places: [Int] = []
        for column in columns {
            guard let place = names.firstIndex(of: column) else { throw .noColumn(column) }
            places.append(place)
        }
        return places
    }

    /// Ends a row as the row that was read.
    private static func endRow(_ lineEndBytes: Int, _ output: inout StandardOutput) throws {
        if lineEndBytes == 2 { try output.write(UInt8(ascii: "\r")) }
        try output.write(UInt8(ascii: "\n"))
    }
}
