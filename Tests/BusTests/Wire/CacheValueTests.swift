import Channels
import Geo
import Testing

@testable import ChannelBus

@Suite("What the cache keeps")
struct CacheValueTests {
    private func randomState(_ random: inout SeededRandom) -> UserState {
        UserState(
            coordinate: Coordinate(
                latitudeE7: .random(in: -900_000_000...900_000_000, using: &random),
                longitudeE7: .random(in: -1_800_000_000...1_799_999_999, using: &random))!,
            timestamp: .random(in: -3...3, using: &random) &* .random(in: 1 ... .max / 4, using: &random),
            heard: .random(in: 400_000...1_000_000, using: &random),
            epoch: .random(in: 0...UserState.maximumEpoch, using: &random),
            flags: .init(rawValue: .random(in: 0...7, using: &random)))
    }

    /// The bytes of the only argument that `write` writes.
    private func argument(_ write: (inout CommandWriter) -> Void) -> [UInt8] {
        var writer = CommandWriter()
        write(&writer)
        let bytes = writer.withBytes(Array.init)
        return Array(bytes[(bytes.firstIndex(of: 10)! + 1)...].dropLast(2))
    }

    private func bytes(of state: UserState) -> [UInt8] {
        argument { CacheValue.write(state, now: 1_000_000, serverClock: 500, into: &$0) }
    }

    private func read(_ bytes: [UInt8]) -> UserState? {
        bytes.withUnsafeBytes { CacheValue.read($0, now: 2_000_000, serverClock: 1_000_500) }
    }

    @Test(
        "A location is read as it was written, in another clock; of who may not be shown there is no place",
        arguments: 0..<60)
    func roundTrip(seed: Int) throws {
        var random = SeededRandom(UInt64(seed))
        var state = randomState(&random)
        let value = bytes(of: state)
        let isShown = state.flags.isSuperset(of: [.located, .sharing])
        #expect(value.count == (isShown ? 34 : 14))
        // The server's clock says 1,000,500 at the time of writing; that was at 0 by the reader's.
        let found = try #require(read(value))
        state.heard = state.heard - 1_000_000
        guard !isShown else { return #expect(found == state) }
        #expect(found.epoch == state.epoch && found.timestamp == .min && found.heard == .min)
        #expect(found.flags == state.flags.subtracting(.located))
        #expect(found.coordinate == Coordinate(latitudeE7: 0, longitudeE7: 0))
    }

    @Test("Ranks compare as epoch, then hidden, then timestamp do, and so do their bytes", arguments: 0..<40)
    func ranks(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        for _ in 0..<50 {
            let one = randomState(&random)
            var other = randomState(&random)
            if random.below(2) == 0 { other.epoch = one.epoch }
            let (a, b) = (CacheRank(one), CacheRank(other))
            let expected: Bool
            switch (one.flags.contains(.sharing), other.flags.contains(.sharing)) {
            case _ where one.epoch != other.epoch: expected = one.epoch < other.epoch
            case (false, _): expected = false
            case (true, false): expected = true
            case (true, true): expected = one.timestamp < other.timestamp
            }
            #expect((a < b) == expected)
            let ranks = [one, other].map { Array(bytes(of: $0)[1...CacheRank.length]) }
            #expect(ranks[0].lexicographicallyPrecedes(ranks[1]) == expected)
        }
    }

    @Test("Whatever stands there is read, or is none; nothing of it harms", arguments: 0..<20)
    func fuzz(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        for _ in 0..<2_000 {
            var value = random.bytes(random.below(40))
            if !value.isEmpty, random.below(2) == 0 { value[0] = CacheValue.version }
            if value.count > 13, random.below(2) == 0 { value[13] = UInt8(random.below(8)) }
            if let state = read(value) { #expect(CacheRank(state).epoch == state.epoch) }
        }
        let good = bytes(of: .sample(5, heard: 900_000))
        #expect(read(good) != nil)
        #expect(read(good.dropLast()) == nil && read(good + [0]) == nil)
        for (epoch, isRead) in [(UserState.maximumEpoch, true), (UserState.maximumEpoch + 1, false)] {
            #expect((read(bytes(of: .hidden(epoch: epoch))) != nil) == isRead)
        }
        // Another version; no age; written before the Unix epoch.
        #expect(read([CacheValue.version + 1] + good.dropFirst()) == nil)
        #expect(read(good.dropLast(4) + [255, 255, 255, 255]) == nil)
        #expect(read(good[..<14] + [128] + good[15...]) == nil)
    }

    @Test("64 users go into one command, one more into a second; what is over goes into none")
    func users() {
        for (count, commands) in [(64, 1), (65, 2)] {
            let form = CacheForm(lifetime: .seconds(600)) { 1_000_000 }
            var queue = ConflatingQueue<UserID, CacheEntry>(maximumCount: 1_000)
            for user in 0..<count {
                _ = queue.put(CacheEntry(state: .sample(heard: 1_000_000)), for: .number(2 * user))
                _ = queue.put(CacheEntry(state: .sample(heard: 400_000)), for: .number(2 * user + 1))
            }
            var (users, lasts) = (0, 0)
            var writer = CommandWriter()
            while !queue.isEmpty {
                form.write(from: &queue, now: 1_000_000, into: &writer) { _, _, isLast in
                    users += 1
                    lasts += isLast ? 1 : 0
                }
            }
            #expect(users == count && lasts == commands)
        }
    }
}
