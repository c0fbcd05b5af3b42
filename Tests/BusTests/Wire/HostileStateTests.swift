import Channels
import Geo
import Testing

@testable import ChannelBus

/// What anybody may have written to Redis ends no process, whatever its numbers are.
@Suite("Hostile states")
struct HostileStateTests {
    private static let epochs: [UInt32] = [0, 1, UserState.maximumEpoch, UserState.maximumEpoch + 1, .max]
    private static let times: [Int64] = [.min, .min + 1, -1, 0, 1, 1_000_000, .max - 1, .max]
    private static let ages: [UInt32] = [0, 1, 600_000, .max - 1, .max]
    private static let now: Int64 = 1_000_000

    /// Each combination of extreme numbers, as bytes.
    private static let forms: [[UInt8]] = {
        var forms: [[UInt8]] = []
        for flags in UInt8(0)...8 {
            for epoch in epochs {
                for time in times {
                    for age in ages { forms.append(form(flags, epoch, time, age)) }
                }
            }
        }
        return forms
    }()

    private static func form(_ flags: UInt8, _ epoch: UInt32, _ time: Int64, _ age: UInt32) -> [UInt8] {
        var writer = CommandWriter()
        writer.write(flags)
        writer.write(epoch)
        writer.write(Int32(407_500_000))
        writer.write(Int32(-739_800_000))
        writer.write(time)
        writer.write(age)
        return writer.withBytes { Array($0) }
    }

    private func bytes(_ write: (inout CommandWriter) -> Void, _ form: [UInt8]) -> [UInt8] {
        var writer = CommandWriter()
        write(&writer)
        return writer.withBytes { Array($0) } + form
    }

    /// An engine with a session of `anna` that follows `bob`, who is nearby.
    private func follow(believesOthers: Bool) throws -> (engine: Engine, shard: Shard, bob: UserIndex) {
        let users = UserTable(believesOthers: believesOthers)
        let engine = Engine(settings: EngineSettings(), users: users, wakes: [{}], busWake: {})
        let shard = engine.makeShard(0)
        let (anna, bob) = (engine.users.index(of: .number(1)), engine.users.index(of: .number(2)))
        let session = try #require(shard.begin(anna, radius: Radius(metres: 1_000)!, now: Self.now))
        shard.publish(
            session, Coordinate(latitudeE7: 407_500_000, longitudeE7: -739_800_000)!, timestamp: 1, now: Self.now)
        shard.install(session, friends: [bob], now: Self.now)
        _ = shard.welcome(session, now: Self.now)
        return (engine, shard, bob)
    }

    /// Takes a state as a server does, and then everything that a server may do with it.
    private func take(_ state: UserState, believesOthers: Bool) throws {
        let (engine, shard, bob) = try follow(believesOthers: believesOthers)
        engine.receive([(bob, state)])
        for later in [0, 1_000, 600_000, 1_200_000] as [Int64] { shard.tick(now: Self.now + later) }
        if let known = engine.users.state(of: bob) {
            _ = known.isVisible(at: Self.now, inactivity: 600_000)
            var writer = CommandWriter()
            known.writeForm(into: &writer, now: Self.now)
        }
        let epoch = engine.users.sharing(of: bob).epoch
        #expect(believesOthers || epoch == 0)
        #expect(engine.setSharing(bob, false, epoch: epoch + 1) != nil)
        engine.erase(bob, epoch: 1)
        shard.tick(now: Self.now)
        #expect(engine.users.isErased(bob))
    }

    @Test("From the bus", arguments: [true, false])
    func published(believesOthers: Bool) throws {
        var taken = 0
        for form in Self.forms {
            let message = bytes(
                {
                    $0.write(BusMessage.version); $0.write(UInt64(9)); $0.write(BusMessage.Kind.states.rawValue)
                }, form)
            var batch = BusBatch()
            let skip = message.withUnsafeBytes {
                BusMessage.read($0, on: BusInterest(.user(.number(2)), tag: 2), process: 1, now: Self.now, into: &batch)
            }
            #expect((skip == nil) == (form[0] < 8 && form[1] < 0x80))
            for each in batch.states {
                taken += 1
                try take(each.state, believesOthers: believesOthers)
            }
        }
        #expect(taken == 8 * 3 * Self.times.count * Self.ages.count)
    }

    /// A value of the cache with the numbers of a state's form.
    private func value(written: Int64, _ form: [UInt8]) -> [UInt8] {
        let (flags, epoch, place, time, age) = (form[0], form[1..<5], form[5..<13], form[13..<21], form[21...])
        let isShown = flags & 3 == 3
        // A rank's time has its sign turned.
        let rank = epoch + [time.first! ^ 0x80] + time.dropFirst()
        guard isShown else { return [CacheValue.version] + rank + [flags & ~1] }
        var writer = CommandWriter()
        writer.write(written)
        return [CacheValue.version] + rank + [flags] + writer.withBytes { Array($0) } + place + age
    }

    @Test("From the cache, whatever time it says that it was written")
    func cached() throws {
        let form = CacheForm(lifetime: .seconds(600)) { Self.now }
        form.setServerTime(1_700_000_000_000)
        var shown = 0
        for written in Self.times + [1_700_000_000_000, 1_699_999_400_001, 1_699_999_400_000] {
            for state in Self.forms {
                guard let read = value(written: written, state).withUnsafeBytes({ form.read($0) }) else { continue }
                if CacheValue.isShown(read) {
                    shown += 1
                    #expect(read.heard > Self.now - 600_000 && read.heard <= Self.now)
                }
                try take(read, believesOthers: false)
            }
        }
        #expect(shown > 0)
    }
}
