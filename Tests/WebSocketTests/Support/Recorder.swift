@testable import WebSocket

/// A delegate that writes down what it is told, and does what a test wants of it.
final class Recorder: WebSocketDelegate {
    enum Call: Equatable {
        case opened
        case text(String)
        case binary([UInt8])
        case pong
        case writable
        case closed(UInt16, wasClean: Bool)
    }

    private(set) var calls: [Call] = []
    var onText: (String) -> Void = { _ in }
    var onOpened: () -> Void = {}
    var onWritable: () -> Void = {}
    var onClosed: () -> Void = {}

    func opened() {
        calls.append(.opened)
        onOpened()
    }

    func received(text: UnsafeRawBufferPointer) {
        let text = String(decoding: text, as: UTF8.self)
        calls.append(.text(text))
        onText(text)
    }

    func received(binary: UnsafeRawBufferPointer) { calls.append(.binary(Array(binary))) }

    func receivedPong() { calls.append(.pong) }

    func becameWritable() {
        calls.append(.writable)
        onWritable()
    }

    func closed(code: CloseCode, wasClean: Bool) {
        calls.append(.closed(code.rawValue, wasClean: wasClean))
        onClosed()
    }
}
