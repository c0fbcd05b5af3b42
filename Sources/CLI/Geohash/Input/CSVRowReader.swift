/// Rows of CSV (RFC 4180) from standard input, as the bytes that they are, so that they can be passed on unchanged.
///
/// A row is a line, or several where a line end stands within quotes. Empty lines are skipped.
struct CSVRowReader: ~Copyable {
    /// The longest row, so that a quote that was never closed does not take all memory.
    static let maximumRowBytes = StandardInput.maximumLineBytes

    private(set) var input = StandardInput()
    /// The line where the newest row begins, from 1.
    private(set) var line = 0
    /// Holds a row of several lines.
    private var joined = UnsafeMutableRawBufferPointer.allocate(byteCount: maximumRowBytes, alignment: 16)

    init() {}

    deinit { joined.deallocate() }

    /// The next row without its line end, good until the next call; `nil` at the end.
    @inline(__always)
    mutating func next() throws -> UnsafeRawBufferPointer? {
        while let row = try input.next() {
            line = input.line
            if row.isEmpty { continue }
            return Self.quotes(row).isMultiple(of: 2) ? row : try join(row)
        }
        return nil
    }

    private mutating func join(_ first: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer {
        var (count, quotes) = (0, 0)
        var part = first
        while true {
            try append(part, at: &count)
            quotes += Self.quotes(part)
            if quotes.isMultiple(of: 2) { return UnsafeRawBufferPointer(rebasing: joined[..<count]) }
            let lineEnd: [UInt8] = input.lineEndBytes == 2 ? [0x0D, 0x0A] : [0x0A]
            try lineEnd.withUnsafeBytes { try append($0, at: &count) }
            guard let next = try input.next() else { throw input.failure(CSVFault.openQuote, line: line) }
            part = next
        }
    }

    private func append(_ part: UnsafeRawBufferPointer, at count: inout Int) throws {
        guard count + part.count <= Self.maximumRowBytes else { throw input.failure(CSVFault.tooLong, line: line) }
        UnsafeMutableRawBufferPointer(rebasing: joined[count...]).copyMemory(from: part)
        count += part.count
    }

    /// Every quote opens or closes, a doubled one both.
    @inline(__always)
    private static func quotes(_ row: UnsafeRawBufferPointer) -> Int {
        var count = 0
        for byte in row where byte == UInt8(ascii: "\"") { count += 1 }
        return count
    }
}
