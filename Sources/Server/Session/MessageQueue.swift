/// Messages of a client that wait for an answer to an earlier one: few and short, or the client is up to no good.
struct MessageQueue {
    /// The most messages that wait.
    static let maximumCount = 64
    /// The most bytes that wait.
    static let maximumBytes = 64 * 1024

    private var messages: [[UInt8]] = []
    private var byteCount = 0

    var isEmpty: Bool { messages.isEmpty }

    /// Returns whether there was room.
    mutating func append(_ text: UnsafeRawBufferPointer) -> Bool {
        guard messages.count < Self.maximumCount, byteCount + text.count <= Self.maximumBytes else { return false }
        messages.append([UInt8](text))
        byteCount += text.count
        return true
    }

    mutating func popFirst() -> [UInt8]? {
        guard !messages.isEmpty else { return nil }
        let first = messages.removeFirst()
        byteCount -= first.count
        return first
    }
}
