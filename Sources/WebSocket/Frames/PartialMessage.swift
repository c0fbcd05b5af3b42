/// A message of which some frames, or some bytes of a frame, have arrived.
struct PartialMessage {
    private(set) var isOpen = false
    private(set) var isText = false
    /// Frames that have begun.
    var fragments = 0
    /// The payload so far, unmasked.
    private(set) var bytes: [UInt8] = []
    private var validator = UTF8Validator()

    /// Whether a text message may end here, and not within a character.
    var mayEnd: Bool { validator.isAtBoundary }

    mutating func open(isText: Bool) {
        isOpen = true
        self.isText = isText
    }

    /// `false` if the text cannot be valid any more.
    mutating func append(_ piece: UnsafeRawBufferPointer, mask: UInt32, phase: Int) -> Bool {
        let start = bytes.count
        bytes.append(piece, unmaskedWith: mask, phase: phase)
        guard isText else { return true }
        return bytes.withUnsafeBytes {
            validator.consume(UnsafeRawBufferPointer(rebasing: $0[start...]))
        }
    }
}

extension [UInt8] {
    mutating func append(_ piece: UnsafeRawBufferPointer, unmaskedWith mask: UInt32, phase: Int) {
        let start = count
        append(contentsOf: piece)
        withUnsafeMutableBytes { all in
            let added = UnsafeMutableRawBufferPointer(rebasing: all[start...])
            guard let target = added.baseAddress else { return }
            Mask.apply(mask, phase: phase, from: UnsafeRawBufferPointer(added), to: target)
        }
    }
}

extension ScratchBuffer {
    /// Puts `source` at the start of the memory.
    func copy(_ source: [UInt8]) -> UnsafeRawBufferPointer {
        let target = reserve(source.count)
        source.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: target, count: $0.count).copyMemory(from: $0) }
        return UnsafeRawBufferPointer(start: target, count: source.count)
    }
}

extension UnsafeRawBufferPointer {
    mutating func dropFirstBytes(_ count: Int) {
        self = UnsafeRawBufferPointer(rebasing: self[count...])
    }
}
