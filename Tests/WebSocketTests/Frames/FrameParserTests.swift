import Testing

@testable import WebSocket

/// RFC 6455, sections 5 to 8, rule by rule; every case whole and byte by byte.
@Suite struct FrameParserTests {
    private func expect(
        _ frames: [RawFrame], _ heard: [Heard], role: WebSocketRole = .server,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(ParserRun.whole(frames, role: role) == heard, sourceLocation: sourceLocation)
        #expect(ParserRun.byteByByte(frames, role: role) == heard, sourceLocation: sourceLocation)
    }

    // MARK: Messages

    @Test func theExamplesOfTheRFC() {
        var run = ParserRun(role: .client)
        run.feed([0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        #expect(run.heard == [.text("Hello")])
        run = ParserRun()
        run.feed([0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
        #expect(run.heard == [.text("Hello")])
        run = ParserRun(role: .client)
        run.feed([0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F])
        #expect(run.heard == [.text("Hello")])
    }

    @Test(arguments: [0, 1, 7, 8, 125, 126, 127, 128, 255, 256, 65535, 65536])
    func everyFormOfLength(count: Int) {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        for role in [WebSocketRole.server, .client] {
            let frame = role == .server ? RawFrame.binary(payload) : .binary(payload).unmasked
            let limit = 65536
            #expect(ParserRun.whole([frame], role: role, maximumMessage: limit) == [.binary(payload)])
            #expect(ParserRun.byteByByte([frame], role: role, maximumMessage: limit) == [.binary(payload)])
        }
    }

    @Test func fragmentsWithControlFramesBetween() {
        expect(
            [
                .text("one ").unfinished, .ping("a"), .continuation("two ", isFinal: false), .pong("b"),
                .continuation("three", isFinal: true), .text("four"),
            ],
            [.ping("a"), .pong("b"), .text("one two three"), .text("four")])
    }

    @Test func emptyFragments() {
        expect(
            [.text("").unfinished, .continuation("", isFinal: false), .continuation("", isFinal: true)],
            [.text("")])
    }

    @Test func aCharacterMayBeCutBetweenFragments() {
        let euro = Array("€".utf8)
        for cut in 0...3 {
            let first = RawFrame(isFinal: false, opcode: 1, payload: Array(euro.prefix(cut)))
            let second = RawFrame(opcode: 0, payload: Array(euro.dropFirst(cut)))
            expect([first, second], [.text("€")])
        }
    }

    @Test func binaryMayHoldAnything() {
        expect([.binary([0xFF, 0xFE, 0xC0])], [.binary([0xFF, 0xFE, 0xC0])])
    }

    // MARK: Violations

    @Test(arguments: [1, 2, 4, 7] as [UInt8])
    func reservedBits(bits: UInt8) {
        expect([RawFrame(reserved: bits, opcode: 1)], [.violation(.reservedBits)])
    }

    @Test(arguments: [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8])
    func reservedOpcodes(opcode: UInt8) {
        expect([RawFrame(opcode: opcode)], [.violation(.reservedOpcode)])
    }

    @Test func masking() {
        expect([.text("x").unmasked], [.violation(.unmasked)])
        expect([.text("x")], [.violation(.masked)], role: .client)
        expect([.ping().unmasked], [.violation(.unmasked)])
    }

    @Test(arguments: [8, 9, 10] as [UInt8])
    func controlFramesAreWholeAndShort(opcode: UInt8) {
        expect([RawFrame(isFinal: false, opcode: opcode)], [.violation(.fragmentedControl)])
        let long = RawFrame(opcode: opcode, payload: Array(repeating: 0x20, count: 126))
        expect([long], [.violation(.longControl)])
        let padded = RawFrame(opcode: opcode, payload: [0x20, 0x20], lengthForm: .sixteenBits)
        expect([padded], [.violation(.longControl)])
    }

    @Test func aPingOf125BytesIsFine() {
        let text = String(repeating: "p", count: 125)
        expect([.ping(text)], [.ping(text)])
    }

    @Test func continuationRules() {
        expect([.continuation("x", isFinal: true)], [.violation(.unexpectedContinuation)])
        expect([.text("x"), .continuation("y", isFinal: false)], [.text("x"), .violation(.unexpectedContinuation)])
        expect([.text("x").unfinished, .text("y")], [.violation(.interruptedMessage)])
        expect([.text("x").unfinished, .binary([1])], [.violation(.interruptedMessage)])
    }

    @Test func lengthsAreInTheirShortestForm() {
        let bytes = [UInt8](repeating: 1, count: 125)
        expect([RawFrame(opcode: 2, payload: bytes, lengthForm: .sixteenBits)], [.violation(.lengthNotMinimal)])
        expect([RawFrame(opcode: 2, payload: bytes, lengthForm: .sixtyFourBits)], [.violation(.lengthNotMinimal)])
        let more = RawFrame(opcode: 2, lengthForm: .sixtyFourBits, announced: 65535)
        expect([more], [.violation(.lengthNotMinimal)])
    }

    @Test(arguments: [1 << 63, .max, 1 << 63 | 5] as [UInt64])
    func aLengthWithItsTopBitSetIsRefusedAndNotComputedWith(length: UInt64) {
        expect([RawFrame(opcode: 1, announced: length)], [.violation(.lengthTopBit)])
    }

    @Test func theGreatestLengthIsTooLongAndNotComputedWith() {
        expect([RawFrame(opcode: 1, announced: UInt64(Int64.max))], [.violation(.messageTooLong)])
        expect(
            [.text("x").unfinished, RawFrame(opcode: 0, announced: UInt64(Int64.max))],
            [.violation(.messageTooLong)])
    }

    // MARK: Text

    @Test(
        arguments: [
            [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xFF], [0xE2, 0x82],
            [0x61, 0xF0, 0x9F],
        ] as [[UInt8]])
    func textIsUTF8(bytes: [UInt8]) {
        expect([RawFrame(opcode: 1, payload: bytes)], [.violation(.invalidText)])
        expect(
            [.text("ok").unfinished, RawFrame(opcode: 0, payload: bytes)], [.violation(.invalidText)])
    }

    @Test func wrongTextFailsBeforeTheMessageEnds() {
        var run = ParserRun()
        run.feed(RawFrame(isFinal: false, opcode: 1, payload: [0x61, 0xF4, 0x90]).bytes)
        #expect(run.heard == [.violation(.invalidText)])
        run = ParserRun()
        run.feed(RawFrame(opcode: 1, payload: [0xC0, 0x61, 0x61, 0x61]).bytes.dropLast(3))
        #expect(run.heard == [.violation(.invalidText)])
    }

    // MARK: Close frames

    @Test func closeWithoutACode() {
        expect([RawFrame(opcode: 8)], [.close(1005)])
    }

    @Test(
        arguments: [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]
            as [UInt16])
    func allowedCodes(code: UInt16) {
        expect([.close(code, "bye €")], [.close(code)])
    }

    @Test(arguments: [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535] as [UInt16])
    func forbiddenCodes(code: UInt16) {
        expect([.close(code)], [.violation(.closeCode)])
    }

    @Test func aClosePayloadOfOneByte() {
        expect([RawFrame(opcode: 8, payload: [3])], [.violation(.closePayload)])
    }

    @Test func aCloseReasonIsUTF8() {
        expect([RawFrame(opcode: 8, payload: [0x03, 0xE8, 0xC3])], [.violation(.invalidText)])
        expect([RawFrame(opcode: 8, payload: [0x03, 0xE8, 0xFF])], [.violation(.invalidText)])
        let longest = String(repeating: "r", count: 123)
        expect([.close(1000, longest)], [.close(1000)])
        expect([.close(1000, longest + "r")], [.violation(.longControl)])
    }

    @Test func nothingIsHeardAfterTheEnd() {
        expect([.close(1000), .text("late"), .ping()], [.close(1000)])
        expect([.text("x").unmasked, .text("late")], [.violation(.unmasked)])
    }
}
