import Foundation

/// Whoever reads standard output does not want more of it. The process ends quietly.
struct ClosedPipe: Error {}

/// Standard output, many lines at a time. What is not flushed at the end is not written.
struct StandardOutput: ~Copyable {
    private static let bytesAtATime = 65_536
    /// What ``reserve(_:)`` gives at most.
    static let maximumReserve = 4_096

    private let bytes = UnsafeMutableRawBufferPointer.allocate(
        byteCount: bytesAtATime + maximumReserve, alignment: 16)
    private var count = 0

    init() {}

    deinit { bytes.deallocate() }

    /// Writes a text, and all that waited before it.
    static func write(_ text: String) throws {
        var output = StandardOutput()
        try output.write(text)
        try output.flush()
    }

    mutating func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }

    /// Writes bytes, however many.
    mutating func write(_ data: UnsafeRawBufferPointer) throws {
        var rest = data[...]
        while !rest.isEmpty {
            if count >= Self.bytesAtATime { try flush() }
            let part = rest.prefix(bytes.count - count)
            UnsafeMutableRawBufferPointer(rebasing: bytes[count...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: part))
            count += part.count
            rest = rest.dropFirst(part.count)
        }
    }

    mutating func write(_ byte: UInt8) throws {
        if count == bytes.count { try flush() }
        bytes[count] = byte
        count += 1
    }

    /// Lets `body` write into the buffer itself.
    ///
    /// - Parameters:
    ///   - size: how many bytes it may write, at most ``maximumReserve`` (precondition).
    ///   - body: gives the number of bytes that it wrote.
    @inline(__always)
    mutating func reserve(_ size: Int, _ body: (UnsafeMutableRawBufferPointer) -> Int) throws {
        precondition(size <= Self.maximumReserve)
        if count + size > bytes.count { try flush() }
        count += body(UnsafeMutableRawBufferPointer(rebasing: bytes[count..<count + size]))
    }

    /// Hands everything to the system.
    mutating func flush() throws {
        var start = 0
        defer { count = 0 }
        while start < count {
            let written = Foundation.write(STDOUT_FILENO, bytes.baseAddress! + start, count - start)
            if written >= 0 {
                start += written
            } else if errno == EPIPE {
                throw ClosedPipe()
            } else if errno != EINTR {
                throw GeohashFailure("standard output: \(String(cString: strerror(errno)))")
            }
        }
    }
}
