import Testing

@testable import WebSocket

@Suite struct FrameBufferTests {
    private func text(_ buffer: FrameBuffer) -> String { String(decoding: buffer.payload, as: UTF8.self) }

    @Test func buildsAPayloadInPlace() {
        let buffer = FrameBuffer(capacity: 64)
        buffer.append(#"{"n":["#)
        buffer.append(integer: -12)
        buffer.append(byte: UInt8(ascii: ","))
        buffer.append(string: "3 €".dropLast(2))
        buffer.append(byte: UInt8(ascii: ","))
        buffer.replaceByte(at: buffer.count - 1, with: UInt8(ascii: "]"))
        buffer.append("}garbage")
        buffer.truncate(to: buffer.count - 7)
        #expect(text(buffer) == #"{"n":[-12,3]}"#)
        buffer.reset()
        #expect(buffer.count == 0)
        #expect(text(buffer).isEmpty)
    }

    @Test(arguments: [0, 9, 10, 99, 100, -1, -10, 1_700_000_000_000, .max, .min] as [Int64])
    func integers(number: Int64) {
        let buffer = FrameBuffer()
        buffer.append(integer: number)
        #expect(text(buffer) == "\(number)")
    }

    @Test func theGreatestUnsignedInteger() {
        let buffer = FrameBuffer()
        buffer.append(integer: UInt64.max)
        buffer.append(integer: UInt8(7))
        #expect(text(buffer) == "\(UInt64.max)7")
    }

    @Test func growsAndKeepsWhatItHas() {
        let buffer = FrameBuffer(capacity: 1)
        var expected: [UInt8] = []
        for round in 0..<50 {
            let piece = (0..<round * 3).map { UInt8(truncatingIfNeeded: $0 + round) }
            piece.withUnsafeBytes { buffer.append(bytes: $0) }
            expected += piece
        }
        #expect(Array(buffer.payload) == expected)
    }

    @Test func writesNoMoreThanItSays() {
        let buffer = FrameBuffer(capacity: 64)
        buffer.append("x")
        buffer.append(maximum: 100) { target in
            target.storeBytes(of: UInt8(ascii: "y"), as: UInt8.self)
            return 1
        }
        #expect(text(buffer) == "xy")
    }

    @Test(arguments: [0, 1, 125, 126, 65535, 65536])
    func framesAsTheRFCSays(count: Int) {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let buffer = FrameBuffer()
        payload.withUnsafeBytes { buffer.append(bytes: $0) }
        let plain = Array(buffer.frame(.binary, mask: nil))
        #expect(plain == RawFrame.binary(payload).unmasked.bytes)
        #expect(Array(buffer.payload) == payload)
        let mask: [UInt8] = [1, 2, 3, 4]
        let word = mask.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        let masked = Array(buffer.frame(.binary, mask: word))
        #expect(masked == RawFrame(opcode: 2, payload: payload, mask: mask).bytes)
    }
}
