import CZlib

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that is read from start to end; what is compressed with gzip is read as what it contains.
struct InputFile: ~Copyable {
    private static let bytesAtATime = 65_536

    let path: String
    private let file: gzFile
    private var buffer = [UInt8](repeating: 0, count: bytesAtATime)
    private var position = 0
    private var end = 0

    init(path: String) throws(CSVError) {
        errno = 0
        guard let file = gzopen(path, "rb") else {
            throw CSVError(path: path, line: nil, reason: String(cString: strerror(errno)))
        }
        self.path = path
        self.file = file
    }

    deinit {
        gzclose_r(file)
    }

    /// The next byte; `nil` at the end.
    mutating func next() throws(CSVError) -> UInt8? {
        if position == end {
            try fill()
            if end == 0 { return nil }
        }
        defer { position += 1 }
        return buffer[position]
    }

    /// The first byte of the file that does not belong to a byte order mark.
    mutating func skipByteOrderMark() throws(CSVError) -> UInt8? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        try fill()
        if buffer[..<end].starts(with: mark) { position = mark.count }
        return try next()
    }

    private mutating func fill() throws(CSVError) {
        position = 0
        let count = buffer.withUnsafeMutableBytes { gzread(file, $0.baseAddress, UInt32($0.count)) }
        end = Int(max(count, 0))
        // A compressed file that was cut off ends like a whole one, but with an error.
        guard count <= 0 else { return }
        var code: Int32 = 0
        let message = gzerror(file, &code)
        guard code != Z_OK, code != Z_STREAM_END else { return }
        let reason = code == Z_ERRNO ? strerror(errno) : UnsafeMutablePointer(mutating: message)
        throw CSVError(path: path, line: nil, reason: reason.map { String(cString: $0) } ?? "cannot be read")
    }
}
