internal import CHiredis

/// The elements of the reply being read, in the order of the wire, and their text.
///
/// Text is copied out of hiredis' buffer, because that moves while a reply is still incomplete; 50 bytes cost less than
/// an object would.
final class RESPArena {
    private(set) var elements: [RESPElement] = []
    private(set) var text: [UInt8] = []
    let maximumElements: Int

    init(maximumElements: Int) {
        self.maximumElements = maximumElements
    }

    func clear() {
        elements.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
    }

    /// - Returns: whether there was room.
    func append(_ kind: RESPElement.Kind, value: Int) -> Bool {
        guard elements.count < maximumElements else { return false }
        elements.append(RESPElement(kind: kind, start: text.count, value: value))
        return true
    }

    func append(_ kind: RESPElement.Kind, text bytes: UnsafeRawBufferPointer) -> Bool {
        guard append(kind, value: bytes.count) else { return false }
        text.append(contentsOf: bytes)
        return true
    }
}
