import Geo
import Synchronization
import Testing

@testable import Channels

/// Real threads as event loops. Meant to be run under ThreadSanitizer too.
@Suite(.serialized) struct ConvergenceTests {
    /// Whatever the threads did at the same time: when they rest and have read their mail, every view is right.
    @Test(.timeLimit(.minutes(5)), arguments: 0..<6)
    func allViewsAreRightOnceTheThreadsRest(seed: Int) {
        let threads = 2 + seed % 3
        let engine = Engine(
            settings: EngineSettings(minimumIntervalMilliseconds: 0),
            wakes: Array(repeating: {}, count: threads))
        let town = Town(engine: engine, people: 30)
        let meeting = MeetingPoint(threads)
        let complaints = Mutex<[String]>([])
        Threads.run(threads) { index in
            let loop = ClientLoop(town, index: index, seed: UInt64(seed * 100 + index))
            for _ in 0..<5 {
                for _ in 0..<300 { loop.act() }
                for _ in 0..<4 {
                    meeting.meet()
                    loop.tick()
                }
                meeting.meet()
                loop.check()
                meeting.meet()
            }
            complaints.withLock { $0 += loop.complaints }
        }
        #expect(complaints.withLock { $0.first } == nil, "seed \(seed)")
    }

    /// A publication at the very moment of a subscription reaches the subscriber, one way or the other.
    @Test(.timeLimit(.minutes(5))) func nothingFallsBetweenSubscribingAndReading() {
        let rounds: Int64 = 15_000
        let engine = Engine(settings: EngineSettings(), wakes: [{}, {}])
        let town = Town(engine: engine, people: 2)
        let (reader, sender) = (town.people[0], town.people[1])
        let meeting = MeetingPoint(2)
        let lost = Atomic(0)
        Threads.run(2) { thread in
            let shard = engine.makeShard(thread)
            var random = SeededRandom(seed: UInt64(thread))
            let own = thread == 1 ? shard.begin(sender, radius: Radius(metres: 1)!, now: 0)! : 0
            for round in 1...rounds {
                meeting.meet()
                for _ in 0..<Int.random(in: 0...40, using: &random) { _ = random.next() }
                if thread == 1 {
                    shard.publish(own, Stage.place(1), timestamp: round, now: round)
                    shard.tick(now: round)
                    meeting.meet()
                    meeting.meet()
                } else {
                    let session = shard.begin(reader, radius: Radius(metres: 1)!, now: round)!
                    shard.install(session, friends: [sender], now: round)
                    meeting.meet()
                    shard.tick(now: round)
                    let channel = shard.channelOfUser[sender]
                    if shard.state(ofChannel: channel).timestamp != round { lost.add(1, ordering: .relaxed) }
                    shard.close(session)
                    meeting.meet()
                }
            }
        }
        #expect(lost.load(ordering: .relaxed) == 0)
    }
}
