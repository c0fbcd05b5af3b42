import Testing

@testable import Channels

/// Against a model that knows each deadline, with random times and long gaps.
@Suite struct InactivityWheelTests {
    private func granularity(_ inactivity: Int64) -> Int64 { max(1, (inactivity + 511) / 512) }

    @Test(arguments: [1, 7, 511, 512, 513, 10_000, 600_000] as [Int64], 0..<4)
    func everyoneIsFoundInTimeAndOnce(inactivity: Int64, seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var wheel = InactivityWheel(inactivity: inactivity)
        let slab = Slab<ChannelEntry>(capacity: 101)
        for channel in 1...100 { (slab.base + channel).initialize(to: ChannelEntry(user: 1)) }
        var deadlines: [UInt32: Int64] = [:]
        var now = Int64.random(in: 0...(3 * inactivity), using: &random)
        for _ in 0..<400 {
            let channel = UInt32.random(in: 1...100, using: &random)
            if random.chance(0.7), deadlines[channel] == nil {
                deadlines[channel] = now + Int64.random(in: 0...inactivity, using: &random)
                wheel.insert(channel, deadline: deadlines[channel]!, now: now, entries: slab.base)
            }
            let longest = random.chance(0.05) ? 5 * inactivity : inactivity / 50 + 2
            now += Int64.random(in: 0...longest, using: &random)
            let announced = wheel.nextDue
            #expect((announced == nil) == deadlines.isEmpty)
            let taken = wheel.due(at: now, entries: slab.base)
            #expect(Set(taken).count == taken.count)
            #expect(taken.isEmpty || announced! <= now, "nothing is taken before it was announced")
            for channel in taken {
                #expect(!slab.base[Int(channel)].flags.contains(.inWheel))
                let deadline = deadlines.removeValue(forKey: channel)
                #expect(deadline != nil)
                // As the owner does with those who were heard since.
                if let deadline, deadline > now {
                    deadlines[channel] = deadline
                    wheel.insert(channel, deadline: deadline, now: now, entries: slab.base)
                }
            }
            for (channel, deadline) in deadlines {
                #expect(deadline + granularity(inactivity) > now, "channel \(channel) should have been found")
                #expect(slab.base[Int(channel)].flags.contains(.inWheel))
            }
        }
    }

    @Test func whoIsHeardStaysAndWhoIsSilentLeavesOnTime() {
        let stage = Stage(inactivity: 51_200)
        let (heard, silent) = (stage.person(2), stage.person(3))
        _ = stage.open(stage.person(1), friends: [heard, silent])
        stage.locate(heard, at: 1)
        stage.locate(silent, at: 1)
        let begin = stage.now
        _ = stage.frames()
        while stage.now - begin < 51_200 {
            stage.now += 50
            stage.locate(heard, at: 1)
            #expect(!stage.frames().flatMap(\.items).contains { $0.user == silent })
        }
        stage.pass(100)
        #expect(stage.sink.take().flatMap(\.items).contains(.init(user: silent, kind: .inactive)))
        #expect(stage.shard.counters.expired == 2, "the silent one and the observer itself")
    }

    @Test func whoReturnsAfterALongPauseIsShownAgain() {
        let stage = Stage()
        let friend = stage.person(2)
        let session = stage.open(stage.person(1), friends: [friend]).session
        stage.locate(friend, at: 1)
        _ = stage.frames()
        stage.pass(10_000_000)
        #expect(
            stage.sink.take() == [
                .init(session: session, items: [.init(user: friend, kind: .inactive)], total: 0)
            ])
        stage.now += 10_000_000
        stage.locate(friend, at: 2)
        #expect(
            stage.frames() == [
                .init(
                    session: session, items: [.init(user: friend, kind: .shown, timestamp: stage.now)],
                    total: 1)
            ])
    }
}
