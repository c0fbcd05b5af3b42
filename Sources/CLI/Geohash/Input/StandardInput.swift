import Foundation

/// Standard input, line by line, without a copy of any line.
///
/// Lines end with LF or CR LF; the last one need not end.
struct StandardInput: ~Copyable {
    /// The longest line, without its end.
    static let maximumLineBytes = 65_536
    private static let bytesAtATime = 262_144

    /// The number of the line that ``next()`` gave last, from 1.
    private(set) var line = 0
    /// How the line that ``next()`` gave last ended: 0 bytes at the very end, 1 for LF, 2 for CR LF.
    private(set) var lineEndBytes = 0

    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytesAtATime, alignment: 16)
    private var start = 0
    private var end = 0
    /// Where the last line that is complete ends.
    private var completeEnd = 0
    private var isAtEnd = false
    private var wasShort = false

    init() {}

    deinit { buffer.deallocate() }

    /// Whether the next line may have to be waited for, so that now is the time to hand on what was made of the others.
    var isDrained: Bool { wasShort && start >= completeEnd }

    /// The next line without its end, good until the next call; `nil` at the end.
    @inline(__always)
    mutating func next() throws -> UnsafeRawBufferPointer? {
        while true {
            if let end = lineEnd(from: start) { return try take(upTo: end) }
            guard !isAtEnd else { return try start == end ? nil : take(upTo: end) }
            try fill()
        }
    }

    /// Where the next LF from an index on is.
    @inline(__always)
    private func lineEnd(from index: Int) -> Int? {
        guard index < completeEnd, let found = memchr(buffer.baseAddress! + index, 0x0A, completeEnd - index)
        else { return nil }
        return buffer.baseAddress!.distance(to: found)
    }

    @inline(__always)
    private mutating func take(upTo lineEnd: Int) throws -> UnsafeRawBufferPointer {
        line += 1
        var last = lineEnd
        if last > start, buffer[last - 1] == UInt8(ascii: "\r") { last -= 1 }
        guard last - start <= Self.maximumLineBytes else { throw tooLong() }
        let next = min(lineEnd + 1, end)
        defer { start = next }
        lineEndBytes = next - last
        return UnsafeRawBufferPointer(rebasing: buffer[start..<last])
    }

    private func tooLong() -> GeohashFailure { failure("is longer than \(Self.maximumLineBytes) bytes", line: line) }

    func failure(_ reason: some CustomStringConvertible, line: Int) -> GeohashFailure {
        GeohashFailure("standard input, line \(line): \(reason)")
    }

    /// Runs `body`; the faults of a line that it throws come out with the line's number, else that of the current line.
    @inline(__always)
    func naming<Value>(line: Int? = nil, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let fault as any LineFault {
            throw failure(fault, line: line ?? self.line)
        }
    }
}

extension StandardInput {
    /// Reads on, after moving what is left of the last block to the front.
    private mutating func fill() throws {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
        end -= start
        start = 0
        guard end <= Self.maximumLineBytes + 1 else {
            line += 1
            throw tooLong()
        }
        let count = try read()
        isAtEnd = count == 0
        wasShort = count < buffer.count - end
        let found = lastLineEnd(from: end, count)
        completeEnd = found.map { $0 + 1 } ?? 0
        end += count
    }

    private func lastLineEnd(from index: Int, _ count: Int) -> Int? {
        buffer[index..<index + count].lastIndex(of: 0x0A)
    }

    private func read() throws -> Int {
        while true {
            let count = Foundation.read(STDIN_FILENO, buffer.baseAddress! + end, buffer.count - end)
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw GeohashFailure("standard input: \(String(cString: strerror(errno)))")
            }
        }
    }
}
