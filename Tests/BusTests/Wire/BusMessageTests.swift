import Channels
import Geo
import Testing

@testable import ChannelBus

@Suite("The wire form of the bus")
struct BusMessageTests {
    private let cell = Geohash("dr5ru")!

    /// The message of a `PUBLISH` command, and the channel.
    private func message(_ write: (inout CommandWriter) -> Void) throws -> (channel: BusChannel?, bytes: [UInt8]) {
        var writer = CommandWriter()
        write(&writer)
        var parts: [PlainReply] = []
        let reader = RESPReader(maximumBytes: 1 << 20, maximumElements: 100)
        let failure: RESPError? = writer.withBytes { bytes in
            do throws(RESPError) {
                try reader.feed(bytes) { reply in
                    if case .array(let all) = PlainReply(reply) { parts = all }
                    return true
                }
                return nil
            } catch { return error }
        }
        #expect(failure == nil)
        guard parts.count == 3, case .string(let name) = parts[1], case .string(let bytes) = parts[2] else {
            throw RESPError.malformed
        }
        #expect(parts[0] == .string(Array("PUBLISH".utf8)))
        return (name.withUnsafeBytes { BusChannel(utf8: $0) }, bytes)
    }

    private func read(
        _ bytes: [UInt8], on channel: BusChannel, process: UInt64 = 2, now: Int64 = 0
    ) -> (skip: BusMessage.Skip?, batch: BusBatch) {
        var batch = BusBatch()
        let skip = bytes.withUnsafeBytes {
            BusMessage.read($0, on: BusInterest(channel, tag: 77), process: process, now: now, into: &batch)
        }
        return (skip, batch)
    }

    private func randomState(_ random: inout SeededRandom) -> UserState {
        UserState(
            coordinate: Coordinate(
                latitudeE7: .random(in: -900_000_000...900_000_000, using: &random),
                longitudeE7: .random(in: -1_800_000_000...1_799_999_999, using: &random))!,
            timestamp: .random(in: .min ... .max, using: &random), heard: .random(in: 0...1_000_000, using: &random),
            epoch: .random(in: 0...UserState.maximumEpoch, using: &random),
            flags: .init(rawValue: .random(in: 0...7, using: &random)))
    }

    @Test("A state arrives as it was, its age counted in the own clock", arguments: 0..<50)
    func states(seed: Int) throws {
        var random = SeededRandom(UInt64(seed))
        let state = randomState(&random)
        let channel = BusChannel.user(.number(seed))
        let (name, bytes) = try message {
            BusMessage.writeState(state, on: channel, process: 1, now: 1_000_000, into: &$0)
        }
        #expect(name == channel)
        let (skip, batch) = read(bytes, on: channel, now: 5_000_000)
        var expected = state
        expected.heard += 4_000_000
        #expect(skip == nil)
        #expect(batch.states == [BusState(tag: 77, state: expected)])
    }

    @Test("A state that was never heard is as old as can be, one from the future is from now")
    func ages() throws {
        for (heard, expected) in [(Int64.min, 500 - Int64(UInt32.max)), (2_000, 500), (.max, 500)] {
            let (_, bytes) = try message {
                BusMessage.writeState(
                    .sample(heard: heard), on: .user(.number(1)), process: 1, now: 1_000, into: &$0)
            }
            #expect(read(bytes, on: .user(.number(1)), now: 500).batch.states.first?.state.heard == expected)
        }
    }

    @Test("Several states in one message are all taken, or none")
    func several() throws {
        var random = SeededRandom(3)
        let states = (0..<4).map { _ in randomState(&random) }
        var writer = CommandWriter()
        writer.write(BusMessage.version)
        writer.write(UInt64(1))
        writer.write(BusMessage.Kind.states.rawValue)
        for state in states { state.writeForm(into: &writer, now: 1_000_000) }
        let bytes = writer.withBytes { Array($0) }
        #expect(read(bytes, on: .user(.number(1)), now: 1_000_000).batch.states.map(\.state) == states)
        let (skip, batch) = read(Array(bytes.dropLast()), on: .user(.number(1)))
        #expect(skip == .malformed)
        #expect(batch.isEmpty)
    }

    @Test("Records arrive with their users, without the number that means nothing elsewhere")
    func records() throws {
        var random = SeededRandom(9)
        let records = (0..<5).map { number in
            (
                user: UserID.number(number),
                record: Record(
                    kind: 64 + UInt8(number), flags: 3, count: 900, user: 12, epoch: 5, other: .max,
                    first: random.next(),
                    second: random.next(), third: random.next(), heard: 100)
            )
        }
        let (name, bytes) = try message {
            BusMessage.writeRecords(records[...], on: .cell(cell), process: 1, now: 150, into: &$0)
        }
        #expect(name == .cell(cell))
        let (skip, batch) = read(bytes, on: .cell(cell), now: 1_050)
        #expect(skip == nil)
        let expected = records.map { user, record in
            var record = record
            record.user = 0
            record.heard = 1_000
            return BusRecord(tag: 77, cell: cell, user: user, record: record)
        }
        #expect(batch.records == expected)
    }

    @Test("Echoes, other versions and other channels' messages are skipped")
    func skips() throws {
        let (_, bytes) = try message {
            BusMessage.writeState(.sample(), on: .user(.number(1)), process: 2, now: 0, into: &$0)
        }
        #expect(read(bytes, on: .user(.number(1)), process: 2).skip == .echo)
        #expect(read(bytes, on: .user(.number(1)), process: 3).skip == nil)
        #expect(read([2] + bytes.dropFirst(), on: .user(.number(1)), process: 3).skip == .unknownVersion)
        #expect(read([9], on: .cell(cell)).skip == .unknownVersion)
        #expect(read([], on: .cell(cell)).skip == .malformed)
        #expect(read(bytes, on: .cell(cell), process: 3).skip == .malformed)
    }

    @Test("Garbage is skipped whole, and never a trap", arguments: 0..<300)
    func garbage(seed: Int) throws {
        var random = SeededRandom(UInt64(seed))
        let channel = [BusChannel.user(.number(1)), .cell(cell)][seed % 2]
        var bytes = try message { writer in
            switch channel {
            case .user: BusMessage.writeState(randomState(&random), on: channel, process: 1, now: 0, into: &writer)
            case .cell:
                let records = (0...random.below(3)).map { (user: UserID.number($0), record: Record(kind: 70, user: 0)) }
                BusMessage.writeRecords(records[...], on: channel, process: 1, now: 0, into: &writer)
            }
        }.bytes
        for _ in 0...random.below(3) where !bytes.isEmpty {
            switch random.below(3) {
            case 0: bytes[random.below(bytes.count)] = UInt8.random(in: .min ... .max, using: &random)
            case 1: bytes.removeLast(random.below(bytes.count))
            default: bytes.insert(contentsOf: random.bytes(random.below(30)), at: random.below(bytes.count))
            }
        }
        let times: [Int64] = [.min / 4, 0, .max / 4]
        let now = times[random.below(3)]
        let (skip, batch) = read(bytes, on: channel, now: now)
        #expect(skip == nil || batch.isEmpty)
    }
}
