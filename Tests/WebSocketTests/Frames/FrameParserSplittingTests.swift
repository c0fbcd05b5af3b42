import Testing

@testable import WebSocket

/// However a stream is cut into pieces, the same is heard.
@Suite struct FrameParserSplittingTests {
    @Test(arguments: 0..<60)
    func randomConversations(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let role = seed.isMultiple(of: 2) ? WebSocketRole.server : .client
        let stream = Self.conversation(role: role, using: &random)
        check(stream, role: role, using: &random)
    }

    @Test(arguments: 0..<60)
    func brokenConversations(seed: UInt64) {
        var random = SeededGenerator(seed: 1000 + seed)
        let role = seed.isMultiple(of: 2) ? WebSocketRole.server : .client
        var stream = Self.conversation(role: role, using: &random)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<stream.count, using: &random)
            stream[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        }
        check(stream, role: role, using: &random)
    }

    @Test(arguments: 0..<200)
    func noise(seed: UInt64) {
        var random = SeededGenerator(seed: 5000 + seed)
        let count = Int.random(in: 1...400, using: &random)
        var stream = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        // Mostly noise dies on its first two bytes: make them a plausible beginning.
        if Bool.random(using: &random) { stream.replaceSubrange(0..<min(2, count), with: [0x82, 0xFE].prefix(count)) }
        check(stream, role: .server, using: &random)
    }

    private func check(_ stream: [UInt8], role: WebSocketRole, using random: inout SeededGenerator) {
        var whole = ParserRun(role: role)
        whole.feed(stream)
        var single = ParserRun(role: role)
        for byte in stream { single.feed([byte]) }
        #expect(single.heard == whole.heard)
        #expect(whole.storedBytes <= 2 * (stream.count + 64))
        for _ in 0..<5 {
            var pieces = ParserRun(role: role)
            var rest = stream[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...max(1, min(rest.count, 300)), using: &random)
                pieces.feed(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(pieces.heard == whole.heard)
        }
    }

    /// Messages of all kinds, cut into frames, with control frames between.
    private static func conversation(
        role: WebSocketRole, using random: inout SeededGenerator
    ) -> [UInt8] {
        var frames: [RawFrame] = []
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let isText = Bool.random(using: &random)
            let letters = ["a", "é", "€", "😀"]
            let text = (0..<Int.random(in: 0...90, using: &random)).map { _ in letters.randomElement(using: &random)! }
            var rest = Array(text.joined().utf8)[...]
            var opcode: UInt8 = isText ? 1 : 2
            repeat {
                let count = Int.random(in: 0...rest.count, using: &random)
                let piece = Bool.random(using: &random) ? rest : rest.prefix(count)
                rest = rest.dropFirst(piece.count)
                frames.append(RawFrame(isFinal: rest.isEmpty, opcode: opcode, payload: Array(piece)))
                opcode = 0
                if Int.random(in: 0..<4, using: &random) == 0 { frames.append(.ping("ping")) }
            } while !rest.isEmpty
        }
        return frames.flatMap { frame in
            var frame = frame
            frame.mask = role == .client ? nil : (0..<4).map { _ in UInt8.random(in: 0...255, using: &random) }
            return frame.bytes
        }
    }
}
