import Testing

@testable import WebSocket

@Suite struct FrameParserLimitTests {
    private let limit = 16 * 1024

    @Test func theGreatestMessagePassesAndOneByteMoreDoesNot() {
        let greatest = String(repeating: "a", count: limit)
        #expect(ParserRun.whole([.text(greatest)]) == [.text(greatest)])
        #expect(ParserRun.whole([.text(greatest + "a")]) == [.violation(.messageTooLong)])
    }

    @Test func theLimitCountsAllFragments() {
        let half = String(repeating: "a", count: limit / 2)
        let parts: [RawFrame] = [.text(half).unfinished, .continuation(half, isFinal: false)]
        #expect(ParserRun.whole(parts + [.continuation("", isFinal: true)]) == [.text(half + half)])
        #expect(ParserRun.whole(parts + [.continuation("a", isFinal: true)]) == [.violation(.messageTooLong)])
    }

    @Test func aMessageThatIsTooLongIsRefusedByItsHeader() {
        var run = ParserRun()
        run.feed(RawFrame(opcode: 1, announced: UInt64(limit + 1)).bytes)
        #expect(run.heard == [.violation(.messageTooLong)])
        #expect(!run.parser.isMidMessage)
    }

    @Test func sixtyFourFragmentsPassAndOneMoreDoesNot() {
        func message(fragments: Int) -> [RawFrame] {
            [.text("").unfinished]
                + Array(repeating: .continuation("", isFinal: false), count: fragments - 2)
                + [.continuation("end", isFinal: true)]
        }
        #expect(ParserRun.whole(message(fragments: 64)) == [.text("end")])
        #expect(ParserRun.whole(message(fragments: 65)) == [.violation(.tooManyFragments)])
        #expect(ParserRun.whole(message(fragments: 64) + message(fragments: 64)) == [.text("end"), .text("end")])
    }

    @Test func onlyWhatHasArrivedIsStored() {
        var run = ParserRun()
        run.feed(RawFrame(opcode: 1, announced: UInt64(limit)).bytes + [0x20])
        #expect(run.parser.isMidMessage)
        #expect(run.storedBytes < 256)
    }

    @Test func nothingIsStoredBetweenMessages() {
        var run = ParserRun()
        for byte in [.text("a").unfinished, .ping("p"), .continuation("b", isFinal: true)].flatMap(\RawFrame.bytes) {
            run.feed([byte])
        }
        #expect(run.heard.count == 2)
        #expect(!run.parser.isMidMessage)
        #expect(run.storedBytes == 0)
    }
}
