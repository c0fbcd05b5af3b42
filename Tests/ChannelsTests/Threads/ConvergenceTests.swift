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

    /// A publication at the very moment of a subscription reaches the subscriber, one way or the other. Many of
    /// each at a time, so that some do meet.
    @Test(.timeLimit(.minutes(5))) func nothingFallsBetweenSubscribingAndReading() {
        let rounds: Int64 = 1_000
        let engine = Engine(settings: EngineSettings(), wakes: [{}, {}])
        let town = Town(engine: engine, people: 65)
        let senders = Array(town.people.dropFirst())
        let meeting = MeetingPoint(2)
        let lost = Atomic(0)
        Threads.run(2) { thread in
            let shard = engine.makeShard(thread)
            let radius = Radius(metres: 1)!
            var random = SeededRandom(seed: UInt64(thread))
            let sessions = thread == 0 ? [] : senders.map { shard.begin($0, radius: radius, now: 0)! }
            for round in 1...rounds {
                meeting.meet()
                for _ in 0..<Int.random(in: 0...400, using: &random) { _ = random.next() }
                if thread == 1 {
                    for session in sessions {
                        shard.publish(session, Stage.place(1), timestamp: round, now: round)
                    }
                    shard.tick(now: round)
                    meeting.meet()
                } else {
                    let session = shard.begin(town.people[0], radius: radius, now: round)!
                    shard.install(session, friends: senders, now: round)
                    meeting.meet()
                    shard.tick(now: round)
                    let late = senders.count {
                        shard.state(ofChannel: shard.channelOfUser[$0]).timestamp != round
                    }
                    lost.add(late, ordering: .relaxed)
                    shard.close(session)
                }
                meeting.meet()
            }
        }
        #expect(lost.load(ordering: .relaxed) == 0)
    }
}
