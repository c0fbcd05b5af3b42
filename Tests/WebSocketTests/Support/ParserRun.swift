@testable import WebSocket

/// What a parser said, in values that can be kept and compared.
enum Heard: Equatable {
    case text([UInt8])
    case binary([UInt8])
    case ping([UInt8])
    case pong([UInt8])
    case close(UInt16)
    case violation(Violation)

    static func text(_ text: String) -> Heard { .text(Array(text.utf8)) }
    static func ping(_ text: String) -> Heard { .ping(Array(text.utf8)) }
    static func pong(_ text: String) -> Heard { .pong(Array(text.utf8)) }

    init(_ event: FrameEvent) {
        switch event {
        case .text(let payload): self = .text(Array(payload))
        case .binary(let payload): self = .binary(Array(payload))
        case .ping(let payload): self = .ping(Array(payload))
        case .pong(let payload): self = .pong(Array(payload))
        case .close(let code): self = .close(code.rawValue)
        case .violation(let violation): self = .violation(violation)
        }
    }
}

/// A parser that is fed in pieces.
struct ParserRun {
    var parser: FrameParser
    let scratch = ScratchBuffer(capacity: 64)
    private(set) var heard: [Heard] = []

    init(role: WebSocketRole = .server, maximumMessage: Int = 16 * 1024, maximumFragments: Int = 64) {
        parser = FrameParser(
            role: role, maximumMessage: maximumMessage, maximumFragments: maximumFragments)
    }

    mutating func feed(_ bytes: some Collection<UInt8>) {
        Array(bytes).withUnsafeBytes { all in
            var input = all
            while let event = parser.next(&input, scratch: scratch) { heard.append(Heard(event)) }
            precondition(input.isEmpty || endsWithViolation)
        }
    }

    /// The memory that the parser holds, in bytes.
    var storedBytes: Int {
        parser.headerBytes.capacity + parser.control.capacity + parser.message.bytes.capacity
    }

    private var endsWithViolation: Bool {
        if case .violation = heard.last { true } else { false }
    }

    /// Everything at once.
    static func whole(
        _ frames: [RawFrame], role: WebSocketRole = .server, maximumMessage: Int = 16 * 1024,
        maximumFragments: Int = 64
    ) -> [Heard] {
        var run = ParserRun(
            role: role, maximumMessage: maximumMessage, maximumFragments: maximumFragments)
        run.feed(frames.flatMap(\.bytes))
        return run.heard
    }

    /// The same, one byte at a time.
    static func byteByByte(
        _ frames: [RawFrame], role: WebSocketRole = .server, maximumMessage: Int = 16 * 1024,
        maximumFragments: Int = 64
    ) -> [Heard] {
        var run = ParserRun(
            role: role, maximumMessage: maximumMessage, maximumFragments: maximumFragments)
        for byte in frames.flatMap(\.bytes) { run.feed([byte]) }
        return run.heard
    }
}
