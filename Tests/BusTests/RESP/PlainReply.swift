@testable import ChannelBus

/// A reply that stays, to compare with.
enum PlainReply: Equatable {
    case string([UInt8]), status(String), error(String), integer(Int), null
    /// An array of scalars.
    case array([PlainReply])

    init(_ reply: borrowing RESPReply) {
        switch reply.kind {
        case .string: self = .string(Array(reply.bytes))
        case .status: self = .status(String(decoding: reply.bytes, as: UTF8.self))
        case .error: self = .error(String(decoding: reply.bytes, as: UTF8.self))
        case .integer: self = .integer(reply.integer ?? 0)
        case .null: self = .null
        case .array:
            var parts: [PlainReply] = []
            for place in 0..<reply.count {
                if let bytes = reply.bytes(at: place) {
                    parts.append(.string(Array(bytes)))
                } else {
                    parts.append(reply.integer(at: place).map(PlainReply.integer) ?? .null)
                }
            }
            self = .array(parts)
        }
    }

    var wire: [UInt8] {
        switch self {
        case .string(let bytes): Array("$\(bytes.count)\r\n".utf8) + bytes + [13, 10]
        case .status(let text): Array("+\(text)\r\n".utf8)
        case .error(let text): Array("-\(text)\r\n".utf8)
        case .integer(let number): Array(":\(number)\r\n".utf8)
        case .null: Array("$-1\r\n".utf8)
        case .array(let parts): Array("*\(parts.count)\r\n".utf8) + parts.flatMap(\.wire)
        }
    }

    static func random(using random: inout SeededRandom, isPart: Bool = false) -> PlainReply {
        switch random.below(isPart ? 3 : 6) {
        case 0: .string(random.bytes(random.below(4) == 0 ? random.below(40_000) : random.below(60)))
        case 1: .integer(Int.random(in: .min ... .max, using: &random))
        case 2: .null
        case 3: .status("OK \(random.below(100))")
        case 4: .error("ERR \(random.below(100))")
        default: .array((0..<random.below(8)).map { _ in Self.random(using: &random, isPart: true) })
        }
    }
}
