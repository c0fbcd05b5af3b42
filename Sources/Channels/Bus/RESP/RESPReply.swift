/// A complete reply, valid only while the closure that it was handed to runs; it owns nothing.
struct RESPReply: ~Copyable {
    private let elements: UnsafeBufferPointer<RESPElement>
    private let text: UnsafeRawBufferPointer

    init(elements: UnsafeBufferPointer<RESPElement>, text: UnsafeRawBufferPointer) {
        self.elements = elements
        self.text = text
    }

    var kind: RESPElement.Kind { elements[0].kind }

    var isError: Bool { kind == .error }

    /// Elements of an array that holds no arrays; 0 for anything else.
    var count: Int { kind == .array && elements.count == elements[0].value + 1 ? elements[0].value : 0 }

    var integer: Int? { kind == .integer ? elements[0].value : nil }

    /// The text of a string, status or error; empty for anything else.
    var bytes: UnsafeRawBufferPointer { bytes(of: elements[0]) }

    /// The first word of an error, such as `NOPERM`: all of it that may be shown, since what follows may repeat the command.
    var code: String {
        let word = bytes.prefix { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
        return String(decoding: word.prefix(Self.maximumCode), as: UTF8.self)
    }

    /// The longest code, bytes.
    private static let maximumCode = 32

    /// Whether it is an array, of anything, with this text first.
    func begins(with text: StaticString) -> Bool {
        guard kind == .array, elements.count > 1, elements[0].value > 0 else { return false }
        return bytes(of: elements[1]).elementsEqual(UnsafeRawBufferPointer(text))
    }

    /// The integer at a place below ``count``.
    func integer(at place: Int) -> Int? {
        let element = elements[place + 1]
        return element.kind == .integer ? element.value : nil
    }

    /// The text at a place below ``count``; `nil` for null and for anything that is no text.
    func bytes(at place: Int) -> UnsafeRawBufferPointer? {
        let element = elements[place + 1]
        return element.kind == .string || element.kind == .status ? bytes(of: element) : nil
    }

    private func bytes(of element: RESPElement) -> UnsafeRawBufferPointer {
        switch element.kind {
        case .string, .status, .error:
            UnsafeRawBufferPointer(rebasing: text[element.start..<element.start + element.value])
        case .integer, .null, .array: UnsafeRawBufferPointer(start: nil, count: 0)
        }
    }
}
