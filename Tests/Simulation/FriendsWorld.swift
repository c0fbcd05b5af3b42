import Channels
import Geo

/// The real engine with simulated clients, clock and network: several shards in one thread, every
/// choice from a seed.
final class FriendsWorld: FrameSink {
    static let inactivity: Int64 = 10_000
    static let interval: Int64 = 250
    /// A step and its settling. The inactivity time is a multiple of it, so that whoever becomes inactive does so
    /// when a step is made and every client has been told at the check that follows.
    static let cycle: Int64 = 400

    let engine: Engine
    let shards: [Shard]
    var model = FriendsModel(inactivity: inactivity)
    var random: SeededGenerator
    var now: Int64 = 1_000_000
    let center: Coordinate
    let people: [UserIndex]
    private(set) var clients: [SimulatedClient] = []
    private var delivering = 0
    private var oldRecords: [Record] = []
    private var clientCount = 0

    init(seed: UInt64, center: Coordinate, people count: Int, shards shardCount: Int) {
        random = SeededGenerator(seed: seed)
        self.center = center
        let settings = EngineSettings(
            inactivityMilliseconds: Self.inactivity, minimumIntervalMilliseconds: Self.interval)
        let engine = Engine(settings: settings, wakes: Array(repeating: {}, count: shardCount))
        self.engine = engine
        shards = (0..<shardCount).map { engine.makeShard($0) }
        people = (0..<count).map { engine.users.index(of: UserID("person-\($0)")!) }
        for person in people { model.users[person] = .init() }
        for shard in shards { shard.sink = self }
        for a in people {
            for b in people where a < b && random.chance(0.4) { model.friendships.insert(.init(a, b)) }
        }
    }

    var faults: [String] { clients.flatMap { client in client.faults.map { "\(client.name): \($0)" } } }

    // MARK: FrameSink

    func deliver(to session: UInt32, items: UnsafeBufferPointer<FrameItem>, total: Int?) -> Bool {
        let client = clients.first { $0.shard == delivering && $0.session == session }!
        return client.take(items, total: total, from: shards[delivering])
    }

    // MARK: Time

    private func tickEveryone() {
        for index in shards.indices.shuffled(using: &random) {
            delivering = index
            shards[index].tick(now: now)
        }
    }

    /// Lets time pass until every client that reads has been told everything.
    func settle() {
        for _ in 0..<7 {
            for _ in 0..<3 { tickEveryone() }
            now += 50
        }
        for _ in 0..<3 { tickEveryone() }
    }

    // MARK: Steps

    /// One step of random actions, sometimes after a silence.
    func step() {
        now += 50
        for _ in 0..<Int.random(in: 1...6, using: &random) { act() }
        if random.chance(0.05) { now += Self.cycle * Int64.random(in: 1...30, using: &random) }
    }

    private func act() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<8: open()
        case 8..<12: close()
        case 12..<62: locate()
        case 62..<68: changeRadius()
        case 68..<76: changeFriendship()
        case 76..<82: changeSharing()
        case 82..<88: mute()
        case 88..<94: toggleSlowness()
        case 94..<98: replay()
        default: askForPage()
        }
    }

    private func open() {
        guard clients.count < 40 else { return }
        let user = people.randomElement(using: &random)!
        let shard = Int.random(in: shards.indices, using: &random)
        let radius = randomRadius()
        let session = shards[shard].begin(user, radius: radius, now: now)!
        let loaded = model.friends(of: user)
        if random.chance(0.3) {
            changeFriendship(of: user)
            tickEveryone()
        }
        _ = publish(user, session, on: shard, timestamp: now)
        shards[shard].install(session, friends: loaded, now: now)
        clientCount += 1
        let client = SimulatedClient(
            name: "client \(clientCount) of \(user)", user: user, shard: shard, session: session, radius: radius,
            pagesAll: random.chance(0.7))
        clients.append(client)
        delivering = shard
        var page = shards[shard].welcome(session, now: now)
        client.take(page, from: shards[shard])
        while client.pagesAll, page.hasMore {
            page = shards[shard].nextPage(session)
            client.take(page, from: shards[shard])
        }
    }

    private func close() {
        guard let client = clients.randomElement(using: &random) else { return }
        shards[client.shard].close(client.session)
        clients.removeAll { $0 === client }
    }

    private func locate() {
        guard let client = clients.randomElement(using: &random) else { return }
        let timestamp = random.chance(0.15) ? now - Int64.random(in: 0...5_000, using: &random) : now
        publish(client.user, client.session, on: client.shard, timestamp: timestamp)
    }

    @discardableResult
    private func publish(_ user: UserIndex, _ session: UInt32, on shard: Int, timestamp: Int64) -> Bool {
        let coordinate = randomCoordinate()
        let accepted = shards[shard].publish(session, coordinate, timestamp: timestamp, now: now)
        let expected = model.locate(user, coordinate, timestamp: timestamp, now: now)
        precondition((accepted != nil) == expected, "the engine and the model disagree about a location")
        if let accepted { oldRecords.append(Record(accepted, of: user)) }
        return expected
    }

    private func changeRadius() {
        guard let client = clients.randomElement(using: &random) else { return }
        client.radius = randomRadius()
        shards[client.shard].setRadius(client.session, client.radius, now: now)
    }

    private func changeFriendship() { changeFriendship(of: people.randomElement(using: &random)!) }

    private func changeFriendship(of a: UserIndex) {
        let b = people.filter { $0 != a }.randomElement(using: &random)!
        if model.friendships.remove(.init(a, b)) != nil {
            engine.unfriend(a, b, kind: random.chance(0.5) ? .unfriended : .stopped)
            for client in clients where client.user == a { client.muted.remove(b) }
            for client in clients where client.user == b { client.muted.remove(a) }
        } else {
            model.friendships.insert(.init(a, b))
            engine.befriend(a, b)
        }
        tickEveryone()
    }

    private func changeSharing() {
        let user = people.randomElement(using: &random)!
        model.users[user]!.isSharing.toggle()
        model.users[user]!.epoch += 1
        let state = engine.setSharing(user, model.users[user]!.isSharing, epoch: model.users[user]!.epoch)
        oldRecords.append(Record(state!, of: user))
    }

    private func mute() {
        guard let client = clients.randomElement(using: &random) else { return }
        if let friend = client.muted.sorted().randomElement(using: &random), random.chance(0.6) {
            client.muted.remove(friend)
            _ = shards[client.shard].resubscribe(client.session, to: friend, now: now)
        } else if let friend = model.friends(of: client.user).randomElement(using: &random) {
            client.muted.insert(friend)
            shards[client.shard].unsubscribe(client.session, from: friend)
            client.forget(friend)
            // Nothing is due for it, so the new total waits for the next frame: ask for one.
            shards[client.shard].wake(client.session)
        }
    }

    private func toggleSlowness() {
        guard let client = clients.randomElement(using: &random) else { return }
        if client.isSlow {
            client.release()
            shards[client.shard].unblock(client.session, now: now)
        } else {
            client.isSlow = true
        }
    }

    /// What was said long ago arrives again, somewhere.
    private func replay() {
        guard let record = oldRecords.randomElement(using: &random) else { return }
        engine.mailboxes.randomElement(using: &random)!.push([record])
    }

    private func askForPage() {
        guard let client = clients.randomElement(using: &random), !client.isSlow else { return }
        client.take(shards[client.shard].nextPage(client.session), from: shards[client.shard])
    }

    // MARK: Places

    private func randomRadius() -> Radius {
        Radius(metres: Double.random(in: 200...20_000, using: &random))!
    }

    private func randomCoordinate() -> Coordinate {
        let latitude = center.latitude + Double.random(in: -0.08...0.08, using: &random)
        let scale = max(0.001, center.unitVector.x * center.unitVector.x + center.unitVector.y * center.unitVector.y)
        var longitude = center.longitude + Double.random(in: -0.08...0.08, using: &random) / scale.squareRoot()
        longitude = (longitude + 540).truncatingRemainder(dividingBy: 360) - 180
        return Coordinate(latitude: min(90, max(-90, latitude)), longitude: longitude)!
    }
}
