/// The fields of one row of CSV: where they begin and end.
struct CSVFields {
    private var ends: [Int] = []

    var count: Int { ends.count }

    /// Takes the next row apart.
    mutating func split(_ row: UnsafeRawBufferPointer) {
        ends.removeAll(keepingCapacity: true)
        var isQuoted = false
        for (index, byte) in row.enumerated() {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ","), !isQuoted {
                ends.append(index)
            }
        }
        ends.append(row.count)
    }

    /// A field of the row that was split last, without quotes and blanks around it.
    func field(_ index: Int, of row: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let start = index == 0 ? 0 : ends[index - 1] + 1
        let field = LineFilter.trimmed(UnsafeRawBufferPointer(rebasing: row[start..<ends[index]]))
        guard field.count >= 2, field.first == UInt8(ascii: "\""), field.last == UInt8(ascii: "\"") else {
            return field
        }
        return UnsafeRawBufferPointer(rebasing: field[1..<field.count - 1])
    }
}
