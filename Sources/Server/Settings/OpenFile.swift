import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file of the system, closed when it goes out of scope.
struct OpenFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    init(reading path: String) throws(SystemFailure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
    }

    /// A new file that only its owner can read and write. Fails if `path` exists.
    init(creatingPrivate path: String) throws(SystemFailure) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .last }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The permission bits of the file, not of a link to it.
    func mode() throws(SystemFailure) -> UInt32 {
        // By Foundation, because the C structure's members belong to whichever module imported it first.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        guard let mode = attributes?[.posixPermissions] as? NSNumber else {
            throw SystemFailure(code: EACCES)
        }
        return mode.uint32Value & 0o7777
    }

    func setMode(_ mode: UInt32) throws(SystemFailure) {
        guard fchmod(descriptor, mode_t(mode)) == 0 else { throw .last }
    }

    /// All bytes; fails with `EFBIG` if they are more than `limit`.
    func bytes(limit: Int) throws(SystemFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .last }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
            guard bytes.count <= limit else { throw SystemFailure(code: EFBIG) }
        }
    }

    /// Writes all of `bytes`.
    func write(_ bytes: [UInt8]) throws(SystemFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                systemWrite(descriptor, buffer.baseAddress! + written, buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .last }
            written += count
        }
    }

    /// Waits until what was written, or a directory's entries, are on the disk.
    func sync() throws(SystemFailure) {
        guard fsync(descriptor) == 0 else { throw .last }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
