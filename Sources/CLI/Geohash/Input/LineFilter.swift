import Geo

/// Reads standard input line by line and writes what becomes of each line to standard output.
///
/// Empty lines, and those that begin with #, are skipped. The first line that is wrong ends it; what was made of the lines
/// before is written all the same.
enum LineFilter {
    /// - Parameter body: writes the answer to a line, with its line end. What it finds wrong is said with the line's number.
    @inline(__always)
    static func run(_ body: (UnsafeRawBufferPointer, inout StandardOutput) throws -> Void) throws {
        try runNumbered { line, _, output in try body(line, &output) }
    }

    /// The same, with the number of each line, from 1.
    @inline(__always)
    static func runNumbered(_ body: (UnsafeRawBufferPointer, Int, inout StandardOutput) throws -> Void) throws {
        var input = StandardInput()
        var output = StandardOutput()
        do {
            while let line = try input.next() {
                if isContent(line) { try input.naming { try body(line, input.line, &output) } }
                if input.isDrained { try output.flush() }
            }
        } catch let failure as GeohashFailure {
            try output.flush()
            throw failure
        }
        try output.flush()
    }

    /// The same for lines that are geohashes each; blanks around them do no harm.
    @inline(__always)
    static func runCells(_ body: (Geohash, inout StandardOutput) throws -> Void) throws {
        try run { line, output in
            let text = trimmed(line)
            guard let cell = Geohash(utf8: text) else {
                // Says what is wrong.
                _ = try Geohash(parsing: String(decoding: text, as: UTF8.self))
                return
            }
            try body(cell, &output)
        }
    }

    /// Without blanks and tabs around.
    @inline(__always)
    static func trimmed(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var (start, end) = (0, line.count)
        while start < end, isBlank(line[start]) { start += 1 }
        while start < end, isBlank(line[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: line[start..<end])
    }

    @inline(__always)
    private static func isContent(_ line: UnsafeRawBufferPointer) -> Bool {
        guard let first = line.first, first != UInt8(ascii: "#") else { return false }
        return !isBlank(first) || line.contains { !isBlank($0) }
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
