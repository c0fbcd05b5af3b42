import Testing

@testable import ChannelBus

@Suite("The reader of a server's bytes")
struct RESPReaderTests {
    private func reader(bytes: Int = 1 << 20, elements: Int = 1_000) -> RESPReader {
        RESPReader(maximumBytes: bytes, maximumElements: elements)
    }

    /// Feeds in parts of random length.
    private func read(_ wire: [UInt8], _ reader: RESPReader, _ random: inout SeededRandom) throws(RESPError)
        -> [PlainReply]
    {
        var replies: [PlainReply] = []
        var rest = wire[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(1 + random.below(random.below(3) == 0 ? 50_000 : 40)))
            rest = rest.dropFirst(part.count)
            let failure: RESPError? = part.withUnsafeBytes { bytes in
                do throws(RESPError) {
                    try reader.feed(bytes) { reply in
                        replies.append(PlainReply(reply))
                        return true
                    }
                    return nil
                } catch { return error }
            }
            if let failure { throw failure }
        }
        return replies
    }

    private func read(_ text: String, _ reader: RESPReader) throws -> [PlainReply] {
        var random = SeededRandom(1)
        return try read(Array(text.utf8), reader, &random)
    }

    @Test("Replies are what was sent, however the bytes are cut", arguments: 0..<20)
    func splitting(seed: Int) throws {
        var random = SeededRandom(UInt64(seed))
        let replies = (0..<40).map { _ in PlainReply.random(using: &random) }
        #expect(try read(replies.flatMap(\.wire), reader(), &random) == replies)
    }

    @Test("Garbage ends in an error or in replies, and never in a trap", arguments: 0..<60)
    func garbage(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        var wire = (0..<10).flatMap { _ in PlainReply.random(using: &random).wire }
        for _ in 0...random.below(20) where !wire.isEmpty {
            switch random.below(4) {
            case 0: wire[random.below(wire.count)] = UInt8.random(in: .min ... .max, using: &random)
            case 1: wire.remove(at: random.below(wire.count))
            case 2: wire.insert(contentsOf: random.bytes(random.below(10)), at: random.below(wire.count))
            default:
                wire.insert(
                    contentsOf: Array("*-3\r\n$99999999999\r\n_\r\n,1.5\r\n%2\r\n".utf8), at: random.below(wire.count))
            }
        }
        _ = try? read(wire, reader(bytes: 100_000), &random)
        _ = try? read(random.bytes(3_000), reader(bytes: 100_000), &random)
    }

    @Test("What is no RESP2 is malformed", arguments: ["hello\r\n", "!3\r\nabc\r\n", "*x\r\n", "$-7\r\n", ":\r\n$"])
    func malformed(text: String) {
        #expect(throws: RESPError.malformed) { try read(text, reader()) }
    }

    @Test("An incomplete reply may be as large as the limit, and no larger")
    func bytes() throws {
        // The first character is read as soon as it comes, and not kept.
        let start = "$30000\r\n"
        let allowed = start + String(repeating: "x", count: 20_001 - start.utf8.count)
        #expect(try read(allowed, reader(bytes: 20_000)) == [])
        #expect(throws: RESPError.tooLarge) { try read(allowed + "x", reader(bytes: 20_000)) }
    }

    @Test("A reply may have as many elements as the limit, and no more; the announcement is enough")
    func elements() throws {
        let four = "*4\r\n:1\r\n:2\r\n:3\r\n:4\r\n"
        #expect(try read(four, reader(elements: 5)).count == 1)
        #expect(throws: RESPError.tooLarge) { try read(four, reader(elements: 4)) }
        #expect(throws: RESPError.tooLarge) { try read("*1000000000\r\n", reader()) }
        #expect(throws: RESPError.self) { try read("*9223372036854775807\r\n", reader()) }
    }

    @Test("Nothing is handed out after the closure said no")
    func stop() throws {
        var count = 0
        let wire = Array(":1\r\n:2\r\n:3\r\n".utf8)
        let failure: (any Error)? = wire.withUnsafeBytes { bytes in
            do {
                try reader().feed(bytes) { _ in
                    count += 1
                    return count < 2
                }
                return nil
            } catch { return error }
        }
        #expect(failure == nil)
        #expect(count == 2)
    }

    @Test("Arrays in arrays are read, and have no flat elements")
    func nested() throws {
        #expect(try read("*2\r\n*1\r\n:1\r\n:2\r\n:9\r\n", reader()) == [.array([]), .integer(9)])
        let deep = String(repeating: "*1\r\n", count: 40)
        #expect(throws: RESPError.self) { try read(deep, reader()) }
    }
}
