import Channels
import Geo
import Testing

@testable import Strangers

@Suite struct LetterTests {
    static let letters: [Letter] = {
        let fix = StrangerFix(coordinate: at(-12.3456789, -98.7654321), timestamp: -5, heard: 1 << 40)
        let identity = StrangerIdentity(number: StrangerLimits.maximumUserNumber, life: 0xABCDEF)
        let blurred = BlurredCell(Geohash("zzzzzz")!)!
        let movement = Movement(user: 4_000_000_000, shard: 63, fix: fix)
        let minute = MinuteChange(user: 7, generation: 4_000_000_000, minute: 29_333_333)
        let presence = Presence(
            process: .max, order: Presence.orderMask - 1, kind: .withdrawn, identity: identity, born: 4_000_000_000,
            cell: blurred, minute: 7)
        return [
            .opening(Opening(user: 1, number: 1 << 39, shard: 63, fix: fix)),
            .closing(Closing(user: 1, shard: 3, hasGrace: true)), .closing(Closing(user: 1, shard: 0, hasGrace: false)),
            .movement(movement), .ownMovement(movement),
            .suspension(Suspension(user: 2, reason: .suspended)),
            .ownSuspension(Suspension(user: 2, reason: .hiddenPlace)),
            .suspension(Suspension(user: 2, reason: .suspended, isHeard: true)),
            .presence(9, presence), .rollCall(RollCall(cell: CoarseCell(Geohash("dr5r")!)!)),
            .sweep(CellSweep(cell: CoarseCell(Geohash("dr5r")!)!, before: .max)),
            .claim(
                Claim(user: 2, generation: 3, identity: identity, cell: blurred, minute: 5, shards: 1 << 63, asker: 63)),
            .claim(Claim(user: 2, generation: 3, identity: identity, cell: nil, minute: 5, shards: 1, asker: nil)),
            .retraction(Retraction(user: 2, generation: 3, kind: .movedAway)),
            .retraction(Retraction(user: 2, generation: 3, kind: .withdrawn)),
            .minuteOfClaim(minute), .minute(minute),
            .placement(Placement(user: 2, generation: 3, identity: identity, cell: nil, minute: 1)),
            .placement(
                Placement(
                    user: 2, generation: 3, identity: identity, cell: PublishedCell(blurred, precision: 4), minute: 1)),
            .withdrawal(Withdrawal(user: 2, generation: 3, isSilent: true)),
            .withdrawal(Withdrawal(user: 2, generation: 3, isSilent: false)),
            .retraction(Retraction(user: 2, generation: 3, kind: .silent)),
            .verdict(
                Verdict(user: 2, generation: 3, identity: identity, cell: blurred, isPublished: true, isAnswer: false)),
            .verdict(
                Verdict(user: 2, generation: 3, identity: identity, cell: nil, isPublished: false, isAnswer: true)),
        ]
    }()

    @Test(arguments: LetterTests.letters) func survivesAsARecord(letter: Letter) {
        #expect(letter.record.kind >= Record.firstRosterKind)
        #expect(Letter(letter.record) == letter)
    }

    @Test func recordsOfOthersAreNone() {
        #expect(Letter(Record(kind: 1, user: 0)) == nil)
        #expect(Letter(Record(kind: 255, user: 0)) == nil)
        let nowhere = Record(kind: LetterTests.letters[3].record.kind, user: 1, first: 0x7FFF_FFFF << 32)
        #expect(Letter(nowhere) == nil)
    }
}
