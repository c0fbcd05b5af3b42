/// How a peer broke the protocol or a limit of it.
enum Violation: Equatable {
    case reservedBits
    case reservedOpcode
    case fragmentedControl
    case unmasked
    case masked
    case longControl
    case closePayload
    case lengthNotMinimal
    case lengthTopBit
    case unexpectedContinuation
    case interruptedMessage
    case closeCode
    case invalidText
    case messageTooLong
    case tooManyFragments
}

extension Violation {
    var code: CloseCode {
        switch self {
        case .invalidText: .invalidText
        case .messageTooLong, .tooManyFragments: .tooBig
        default: .protocolError
        }
    }

    /// What the close frame says about it.
    var reason: StaticString {
        switch self {
        case .reservedBits: "reserved bits are set"
        case .reservedOpcode: "reserved opcode"
        case .fragmentedControl: "a control frame is fragmented"
        case .unmasked: "a client's frame is not masked"
        case .masked: "a server's frame is masked"
        case .longControl: "a control frame is longer than 125 bytes"
        case .closePayload: "a close frame has one byte"
        case .lengthNotMinimal: "a length is not in its shortest form"
        case .lengthTopBit: "a length has its top bit set"
        case .unexpectedContinuation: "a continuation without a message"
        case .interruptedMessage: "a new message within another"
        case .closeCode: "a close code that is not allowed"
        case .invalidText: "text is not UTF-8"
        case .messageTooLong: "the message is too long"
        case .tooManyFragments: "the message has too many fragments"
        }
    }
}
