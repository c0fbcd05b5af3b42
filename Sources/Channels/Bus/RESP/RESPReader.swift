internal import CHiredis

/// Cuts a server's bytes into replies: hiredis' reader with callbacks that make no object.
///
/// Works with hiredis 0.14, which knows RESP2 only, and with 1.x. What is not RESP2 ends in ``RESPError/malformed``.
final class RESPReader {
    /// The most bytes that hiredis is given at once: it moves what it has left at each reply.
    static let feedSize = 16 * 1024

    private let arena: RESPArena
    private let functions: UnsafeMutablePointer<redisReplyObjectFunctions>
    private let reader: UnsafeMutablePointer<redisReader>
    private let maximumBytes: Int

    init(maximumBytes: Int, maximumElements: Int) {
        self.maximumBytes = maximumBytes
        arena = RESPArena(maximumElements: maximumElements)
        functions = .allocate(capacity: 1)
        functions.initialize(to: Self.callbacks())
        guard let reader = redisReaderCreateWithFunctions(functions) else { fatalError("out of memory") }
        self.reader = reader
        reader.pointee.privdata = Unmanaged.passUnretained(arena).toOpaque()
    }

    deinit {
        redisReaderFree(reader)
        functions.deallocate()
    }

    /// Reads on, and calls `body` for every reply that is complete, until it returns `false`.
    func feed(_ bytes: UnsafeRawBufferPointer, _ body: (borrowing RESPReply) -> Bool) throws(RESPError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.feedSize))
            rest = rest.dropFirst(part.count)
            let start = part.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard redisReaderFeed(reader, start, part.count) == REDIS_OK else { throw .tooLarge }
            while try readReply() {
                guard try handOut(body) else { return }
            }
            guard reader.pointee.len - reader.pointee.pos + arena.text.count <= maximumBytes else { throw .tooLarge }
        }
    }

    /// - Returns: whether a reply is complete.
    private func readReply() throws(RESPError) -> Bool {
        var reply: UnsafeMutableRawPointer?
        guard redisReaderGetReply(reader, &reply) == REDIS_OK else {
            throw reader.pointee.err == REDIS_ERR_OOM ? .tooLarge : .malformed
        }
        return reply != nil
    }

    private func handOut(_ body: (borrowing RESPReply) -> Bool) throws(RESPError) -> Bool {
        defer { arena.clear() }
        // Types that came after RESP2 leave no element.
        guard !arena.elements.isEmpty else { throw .malformed }
        return arena.elements.withUnsafeBufferPointer { elements in
            arena.text.withUnsafeBytes { body(RESPReply(elements: elements, text: $0)) }
        }
    }
}

// The callbacks get the arena as private data. What they return only has to be something: `nil` would tell hiredis
// that there is no memory, which is how a limit ends a reply.
extension RESPReader {
    private static func callbacks() -> redisReplyObjectFunctions {
        var functions = redisReplyObjectFunctions()
        functions.createString = { task, text, count in
            guard let task else { return nil }
            let kind = RESPReader.kind(ofText: task.pointee.type)
            let bytes = UnsafeRawBufferPointer(start: text, count: count)
            return RESPReader.note(task.pointee.privdata) { $0.append(kind, text: bytes) }
        }
        functions.createArray = { task, count in
            RESPReader.note(task?.pointee.privdata) { arena in
                Int(count) <= arena.maximumElements && arena.append(.array, value: Int(count))
            }
        }
        functions.createInteger = { task, value in
            RESPReader.note(task?.pointee.privdata) { $0.append(.integer, value: Int(value)) }
        }
        functions.createNil = { task in
            RESPReader.note(task?.pointee.privdata) { $0.append(.null, value: 0) }
        }
        return functions
    }

    private static func kind(ofText type: CInt) -> RESPElement.Kind {
        switch type {
        case REDIS_REPLY_STATUS: .status
        case REDIS_REPLY_ERROR: .error
        default: .string
        }
    }

    @inline(__always)
    private static func note(
        _ data: UnsafeMutableRawPointer?, _ body: (RESPArena) -> Bool
    ) -> UnsafeMutableRawPointer? {
        guard let data else { return nil }
        return Unmanaged<RESPArena>.fromOpaque(data)._withUnsafeGuaranteedRef(body) ? data : nil
    }
}
