import Geo
import Testing

@testable import Channels

@Suite struct RecordTests {
    @Test func aRecordIsFortyEightBytes() {
        #expect(MemoryLayout<Record>.stride == 48)
    }

    @Test func aStateComesBackAsItWas() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<2_000 {
            let coordinate = Coordinate(
                latitudeE7: .random(in: -900_000_000...900_000_000, using: &random),
                longitudeE7: .random(in: -1_800_000_000...1_800_000_000, using: &random))!
            let state = UserState(
                coordinate: coordinate, timestamp: .random(in: .min ... .max, using: &random),
                heard: .random(in: .min ... .max, using: &random),
                epoch: .random(in: 0 ... .max, using: &random),
                flags: .init(rawValue: .random(in: 0...3, using: &random)))
            let record = Record(state, of: 7)
            #expect(record.user == 7)
            #expect(record.state == state)
        }
    }

    @Test func numbersThatAreNoCoordinateAreNoState() {
        var record = Record(UserState(coordinate: Stage.place(0), timestamp: 1, heard: 1), of: 7)
        record.first = UInt64(UInt32(900_000_001)) << 32
        #expect(record.state == nil)
        let stage = Stage()
        let (session, _) = stage.open(stage.person(1), friends: [stage.person(2)])
        record.user = stage.person(2)
        stage.engine.mailboxes[0].push([record])
        #expect(stage.frames().isEmpty)
        #expect(stage.shard.nextPage(session).total == 0)
    }

    @Test func unknownKindsAreIgnoredAndRosterKindsHandedOn() {
        let stage = Stage()
        _ = stage.open(stage.person(1), friends: [])
        let kinds: [UInt8] = [0, 63, 64, 255]
        stage.engine.mailboxes[0].push(kinds.map { Record(kind: $0, user: stage.person(1)) })
        var roster: [UInt8] = []
        stage.shard.tick(now: stage.now) { roster.append($0.kind) }
        #expect(roster == [64, 255])
        #expect(stage.shard.counters.received == 4)
    }

    @Test func recordsOfTheRostersTravelBetweenShards() {
        let stage = Stage(shards: 2)
        stage.shards[0].post(Record(kind: Record.firstRosterKind, user: 5), to: 1)
        #expect(stage.shards[0].hasWork)
        stage.shards[0].tick(now: stage.now)
        var users: [UInt32] = []
        stage.shards[1].tick(now: stage.now) { users.append($0.user) }
        #expect(users == [5])
        #expect(!stage.shards[0].hasWork)
    }
}
