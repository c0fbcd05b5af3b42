import Channels
import Geo

/// A crowd in one shard of the real engine. Senders follow nobody and nobody follows a receiver, so that a
/// sender's publication is fan-out alone, and a receiver's an own move alone; loners do neither.
final class EngineUnderTest {
    private let crowd: Crowd
    private let places: Places
    private let shard: Shard
    private let sink: CopyingSink
    private var random = SeededRandom(seed: 1)
    private var senders: [UInt32] = []
    private var receivers: [UInt32] = []
    private var loners: [UInt32] = []
    private var now: Int64 = 1
    private var timestamp: Int64 = 1_700_000_000_000

    init(_ crowd: Crowd) {
        self.crowd = crowd
        places = Places(towns: crowd.towns)
        let engine = Engine(settings: EngineSettings(minimumIntervalMilliseconds: 0), wakes: [{}])
        shard = engine.makeShard(0)
        sink = CopyingSink(shard)
        shard.sink = sink
        let strides = crowd.strides(&random)
        let users = (0..<crowd.people).map { engine.users.index(of: UserID("sender-\($0)")!) }
        for person in 0..<crowd.people { senders.append(open(users[person], at: person, friends: [])) }
        for person in 0..<crowd.people {
            let user = engine.users.index(of: UserID("receiver-\(person)")!)
            let friends = crowd.senders(of: person, strides: strides).map { users[$0] }
            receivers.append(open(user, at: person, friends: friends))
            let loner = engine.users.index(of: UserID("loner-\(person)")!)
            loners.append(open(loner, at: person, friends: []))
        }
        introduceEveryone()
    }

    private func open(_ user: UserIndex, at person: Int, friends: [UserIndex]) -> UInt32 {
        let session = shard.begin(user, radius: Places.radius, now: now)!
        publish(session, move(person))
        shard.install(session, friends: friends, now: now)
        _ = shard.welcome(session, now: now)
        return session
    }

    /// First frames carry profiles and are not what is measured.
    private func introduceEveryone() {
        for (person, session) in senders.enumerated() { publish(session, move(person)) }
        shard.tick(now: now)
    }

    private func move(_ person: Int) -> Coordinate { places.random(for: person, &random) }

    private func publish(_ session: UInt32, _ coordinate: Coordinate) {
        timestamp += 1
        shard.publish(session, coordinate, timestamp: timestamp, now: now)
    }

    /// Publications of random senders, `batch` of them a tick.
    func fanOut(batch: Int) -> FanOutTimes {
        let moves = randomMoves(of: senders)
        let (deliveries, frames) = (sink.deliveries, sink.frames)
        var publishing = 0.0
        let begin = CPUTime.thread()
        let beginCheap = CPUTime.cheap()
        var next = 0
        while next < moves.count {
            let end = min(next + batch, moves.count)
            let before = CPUTime.cheap()
            for i in next..<end { publish(moves[i].session, moves[i].coordinate) }
            publishing += CPUTime.cheap() - before
            now += 1
            shard.tick(now: now)
            next = end
        }
        let whole = CPUTime.cheap() - beginCheap
        let total = CPUTime.thread() - begin
        return FanOutTimes(
            deliveries: sink.deliveries - deliveries, frames: sink.frames - frames,
            publication: total * publishing / whole / Double(moves.count),
            delivery: total / Double(sink.deliveries - deliveries))
    }

    /// Nanoseconds of a publication by someone who follows nobody and is followed by nobody.
    func publication() -> Double { publications(of: loners) }

    /// Nanoseconds that a publication takes longer because the sender's own friends are looked at anew.
    func ownMove() -> Double { publications(of: receivers) - publication() }

    private func publications(of sessions: [UInt32]) -> Double {
        let moves = randomMoves(of: sessions)
        let begin = CPUTime.thread()
        for move in moves { publish(move.session, move.coordinate) }
        let time = CPUTime.thread() - begin
        shard.tick(now: now)
        return time / Double(moves.count)
    }

    private func randomMoves(of sessions: [UInt32]) -> [(session: UInt32, coordinate: Coordinate)] {
        (0..<crowd.publications).map { _ in
            let person = Int.random(in: sessions.indices, using: &random)
            return (sessions[person], move(person))
        }
    }
}
