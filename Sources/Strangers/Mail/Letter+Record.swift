import Channels
import Geo

/// Letters as records: numbers only, in the fields that ``Record`` has.
extension Letter {
    fileprivate enum Kind: UInt8 {
        case opening = 64
        case closing
        case movement
        case ownMovement
        case suspension
        case ownSuspension
        case claim
        case retraction
        case minuteOfClaim
        case placement
        case minute
        case withdrawal
        case verdict
        case presence
        case rollCall
        case sweep
    }

    fileprivate static let isAsking: UInt8 = 1
    fileprivate static let isAnswer: UInt8 = 1
    fileprivate static let isPublished: UInt8 = 2

    var record: Record {
        switch self {
        case .opening(let letter):
            var record = Record(.opening, user: letter.user, shard: letter.shard, fix: letter.fix)
            record.third = UInt64(bitPattern: letter.number)
            return record
        case .closing(let letter):
            return Record(
                kind: Kind.closing.rawValue, flags: letter.hasGrace ? 1 : 0, user: letter.user,
                other: UInt32(letter.shard))
        case .movement(let letter):
            return Record(.movement, user: letter.user, shard: letter.shard, fix: letter.fix)
        case .ownMovement(let letter):
            return Record(.ownMovement, user: letter.user, shard: letter.shard, fix: letter.fix)
        case .suspension(let letter): return Record(.suspension, letter)
        case .ownSuspension(let letter): return Record(.ownSuspension, letter)
        case .claim(let letter): return Record(letter)
        case .retraction(let letter):
            return Record(
                kind: Kind.retraction.rawValue, flags: letter.kind.rawValue, user: letter.user,
                epoch: letter.generation)
        case .minuteOfClaim(let letter): return Record(.minuteOfClaim, letter)
        case .minute(let letter): return Record(.minute, letter)
        case .placement(let letter):
            return Record(
                kind: Kind.placement.rawValue, user: letter.user, epoch: letter.generation, other: letter.minute,
                first: UInt64(letter.cell?.coarse.code ?? CoarseCell.none), second: letter.identity.rawValue)
        case .withdrawal(let letter):
            return Record(
                kind: Kind.withdrawal.rawValue, flags: letter.isSilent ? 1 : 0, user: letter.user,
                epoch: letter.generation)
        case .verdict(let letter):
            let flags = (letter.isAnswer ? Self.isAnswer : 0) | (letter.isPublished ? Self.isPublished : 0)
            return Record(
                kind: Kind.verdict.rawValue, flags: flags, user: letter.user, epoch: letter.generation,
                first: UInt64(letter.cell?.coarse.code ?? CoarseCell.none), second: letter.identity.rawValue)
        case .presence(let user, let presence): return Record(presence, of: user)
        case .rollCall(let letter):
            return Record(kind: Kind.rollCall.rawValue, user: 0, first: UInt64(letter.cell.code), heard: .min)
        case .sweep(let letter):
            return Record(kind: Kind.sweep.rawValue, user: 0, first: UInt64(letter.cell.code), heard: letter.before)
        }
    }

    /// `nil` for a record of another room, or one that no letter gave.
    init?(_ record: Record) {
        guard let kind = Kind(rawValue: record.kind) else { return nil }
        switch kind {
        case .opening, .movement, .ownMovement:
            guard let fix = record.fix else { return nil }
            self.init(kind, record, fix: fix)
        case .closing:
            let closing = Closing(user: record.user, shard: Int(record.other), hasGrace: record.flags == 1)
            self = .closing(closing)
        case .suspension, .ownSuspension:
            guard let suspension = record.suspension else { return nil }
            self = kind == .suspension ? .suspension(suspension) : .ownSuspension(suspension)
        case .claim: self = .claim(record.claim)
        case .retraction:
            guard let kind = Retraction.Kind(rawValue: record.flags) else { return nil }
            self = .retraction(Retraction(user: record.user, generation: record.epoch, kind: kind))
        case .minuteOfClaim: self = .minuteOfClaim(record.minuteChange)
        case .minute: self = .minute(record.minuteChange)
        case .placement: self = .placement(record.placement)
        case .withdrawal:
            let isSilent = record.flags == 1
            self = .withdrawal(Withdrawal(user: record.user, generation: record.epoch, isSilent: isSilent))
        case .verdict: self = .verdict(record.verdict)
        case .presence:
            guard let presence = record.presence else { return nil }
            self = .presence(record.user, presence)
        case .rollCall, .sweep:
            guard let cell = CoarseCell(code: UInt32(truncatingIfNeeded: record.first)) else { return nil }
            self =
                kind == .sweep ? .sweep(CellSweep(cell: cell, before: record.heard)) : .rollCall(RollCall(cell: cell))
        }
    }

    private init(_ kind: Kind, _ record: Record, fix: StrangerFix) {
        let shard = Int(record.other)
        switch kind {
        case .opening:
            let number = Int64(bitPattern: record.third)
            self = .opening(Opening(user: record.user, number: number, shard: shard, fix: fix))
        case .movement: self = .movement(Movement(user: record.user, shard: shard, fix: fix))
        default: self = .ownMovement(Movement(user: record.user, shard: shard, fix: fix))
        }
    }
}

extension Record {
    fileprivate init(_ kind: Letter.Kind, user: UInt32, shard: Int, fix: StrangerFix) {
        let latitude = UInt64(UInt32(bitPattern: fix.coordinate.latitudeE7))
        let longitude = UInt64(UInt32(bitPattern: fix.coordinate.longitudeE7))
        self.init(
            kind: kind.rawValue, user: user, other: UInt32(shard), first: latitude << 32 | longitude,
            second: UInt64(bitPattern: fix.timestamp), heard: fix.heard)
    }

    fileprivate var fix: StrangerFix? {
        let latitude = Int32(bitPattern: UInt32(truncatingIfNeeded: first >> 32))
        let longitude = Int32(bitPattern: UInt32(truncatingIfNeeded: first))
        return Coordinate(latitudeE7: latitude, longitudeE7: longitude).map {
            StrangerFix(coordinate: $0, timestamp: Int64(bitPattern: second), heard: heard)
        }
    }

    fileprivate init(_ kind: Letter.Kind, _ letter: Suspension) {
        self.init(
            kind: kind.rawValue, flags: letter.reason.number, count: letter.isHeard ? 1 : 0, user: letter.user)
    }

    fileprivate var suspension: Suspension? {
        StrangerEnd(number: flags).map { Suspension(user: user, reason: $0, isHeard: count == 1) }
    }

    fileprivate init(_ kind: Letter.Kind, _ letter: MinuteChange) {
        self.init(kind: kind.rawValue, user: letter.user, epoch: letter.generation, other: letter.minute)
    }

    fileprivate var minuteChange: MinuteChange {
        MinuteChange(user: user, generation: epoch, minute: other)
    }

    fileprivate init(_ letter: Claim) {
        self.init(
            kind: Letter.Kind.claim.rawValue, flags: letter.asker == nil ? 0 : Letter.isAsking,
            count: UInt16(letter.asker ?? 0), user: letter.user, epoch: letter.generation, other: letter.minute,
            first: UInt64(letter.cell?.coarse.code ?? CoarseCell.none), second: letter.identity.rawValue,
            third: letter.shards)
    }

    fileprivate var claim: Claim {
        Claim(
            user: user, generation: epoch, identity: StrangerIdentity(rawValue: second),
            cell: BlurredCell(code: UInt32(truncatingIfNeeded: first)), minute: other, shards: third,
            asker: flags & Letter.isAsking != 0 ? Int(count) : nil)
    }

    fileprivate var placement: Placement {
        Placement(
            user: user, generation: epoch, identity: StrangerIdentity(rawValue: second),
            cell: PublishedCell(code: UInt32(truncatingIfNeeded: first)), minute: other)
    }

    fileprivate var verdict: Verdict {
        Verdict(
            user: user, generation: epoch, identity: StrangerIdentity(rawValue: second),
            cell: BlurredCell(code: UInt32(truncatingIfNeeded: first)),
            isPublished: flags & Letter.isPublished != 0, isAnswer: flags & Letter.isAnswer != 0)
    }
}

/// Presences leave the process. Their order has 48 bits: 32 in the epoch, 16 in the count.
extension Record {
    fileprivate init(_ presence: Presence, of user: UInt32) {
        self.init(
            kind: Letter.Kind.presence.rawValue, flags: presence.kind.rawValue,
            count: UInt16(truncatingIfNeeded: presence.order), user: user,
            epoch: UInt32(truncatingIfNeeded: presence.order >> 16), other: presence.minute,
            first: UInt64(presence.born) << 32 | UInt64(presence.cell.coarse.code),
            // No age of anything: minutes are all that is told.
            second: presence.identity.rawValue, third: presence.process, heard: .min)
    }

    fileprivate var presence: Presence? {
        guard let kind = Presence.Kind(rawValue: flags),
            let cell = BlurredCell(code: UInt32(truncatingIfNeeded: first))
        else { return nil }
        return Presence(
            process: third, order: UInt64(epoch) << 16 | UInt64(count), kind: kind,
            identity: StrangerIdentity(rawValue: second), born: UInt32(truncatingIfNeeded: first >> 32), cell: cell,
            minute: other)
    }
}

extension StrangerEnd {
    fileprivate var number: UInt8 {
        switch self {
        case .expired: 0
        case .suspended: 1
        case .hiddenPlace: 2
        }
    }

    fileprivate init?(number: UInt8) {
        switch number {
        case 0: self = .expired
        case 1: self = .suspended
        case 2: self = .hiddenPlace
        default: return nil
        }
    }
}
