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
    private static let settings = EngineSettings(
        inactivityMilliseconds: inactivity, minimumIntervalMilliseconds: interval)

    let scale: FriendsScale
    let center: Coordinate
    let people: [UserIndex]
    var engine: Engine
    var shards: [Shard]
    var network: SimulatedNetwork
    var model = FriendsModel(inactivity: inactivity)
    var random: SeededGenerator
    var now: Int64 = 1_000_000
    var clients: [SimulatedClient] = []
    /// What was said at any time; it may be said again.
    var oldRecords: [Record] = []
    var clientCount = 0
    private var delivering = 0
    private var states = StateVersions()

    init(seed: UInt64, center: Coordinate, scale: FriendsScale) {
        random = SeededGenerator(seed: seed)
        self.center = center
        self.scale = scale
        engine = Self.makeEngine(scale)
        people = Self.register(scale.people, with: engine)
        shards = (0..<scale.shards).map { [engine] in engine.makeShard($0) }
        network = SimulatedNetwork(engine.mailboxes)
        for person in people { model.users[person] = .init() }
        for shard in shards { shard.sink = self }
        for (i, a) in people.enumerated() {
            for j in (i + 1)..<people.count where scale.areFriends(i, j, random: &random) {
                model.setFriends(a, people[j], true)
            }
        }
    }

    private static func makeEngine(_ scale: FriendsScale) -> Engine {
        Engine(settings: settings, wakes: Array(repeating: {}, count: scale.shards))
    }

    private static func register(_ count: Int, with engine: Engine) -> [UserIndex] {
        (0..<count).map { engine.users.index(of: UserID("person-\($0)")!) }
    }

    /// The process ends and another one begins with what the stores remember.
    func restart() {
        clients = []
        engine = Self.makeEngine(scale)
        precondition(Self.register(scale.people, with: engine) == people)
        shards = (0..<scale.shards).map { engine.makeShard($0) }
        for shard in shards { shard.sink = self }
        network = SimulatedNetwork(engine.mailboxes)
        states = StateVersions()
        for person in people { restore(person) }
    }

    private func restore(_ person: UserIndex) {
        let user = model.users[person]!
        engine.setSharing(person, user.isSharing, epoch: user.epoch)
        guard let coordinate = user.coordinate else { return }
        let flags: UserState.Flags = user.isSharing ? [.located, .sharing] : .located
        engine.users.restore(
            person,
            UserState(
                coordinate: coordinate, timestamp: user.timestamp, heard: user.heard, epoch: user.epoch,
                flags: flags))
    }

    // MARK: FrameSink

    func deliver(to session: UInt32, items: UnsafeBufferPointer<FrameItem>, total: Int?) -> Bool {
        let client = clients.first { $0.shard == delivering && $0.session == session }!
        for item in items where !item.kind.isGone { look(at: item, shard: delivering) }
        return client.take(items, total: total, from: shards[delivering])
    }

    func take(_ page: FriendsPage, _ client: SimulatedClient, isWelcome: Bool = false) {
        for item in page.items { look(at: item, shard: client.shard) }
        client.take(page, isWelcome: isWelcome, from: shards[client.shard])
    }

    private func look(at item: FrameItem, shard: Int) {
        states.see(shards[shard].state(ofChannel: item.channel), channel: item.channel, shard: shard)
    }

    // MARK: Time

    /// Lets the shards work like event loops: each runs only when it was woken, has work, or its time
    /// has come.
    func run(everything: Bool = false) {
        var isBusy = true
        while isBusy {
            isBusy = false
            network.collect()
            for shard in shards.indices.shuffled(using: &random) {
                let isWoken = network.deliver(to: shard, everything: everything, random: &random)
                guard isWoken || shards[shard].hasWork || shards[shard].nextDue ?? .max <= now else {
                    continue
                }
                delivering = shard
                shards[shard].tick(now: now)
                isBusy = true
            }
            network.collect()
            isBusy = isBusy || (everything && !network.isEmpty)
        }
    }

    /// Lets time pass until all records have arrived and every client that reads has been told everything.
    func settle() {
        for _ in 0..<7 {
            run(everything: random.chance(0.5))
            now += 50
        }
        run(everything: true)
    }

    /// One step of random actions, sometimes after a silence.
    func step() {
        for client in clients where !client.isSlow { client.beginStep() }
        now += 50
        for _ in 0..<Int.random(in: 1...6, using: &random) { act() }
        if random.chance(0.05) { now += Self.cycle * Int64.random(in: 1...30, using: &random) }
    }

    // MARK: Complaints

    /// What is wrong, if anything, when everything has settled.
    func complaint() -> String? {
        if let fault = states.fault { return fault }
        for client in clients {
            if let fault = client.faults.first { return "\(client.name): \(fault)" }
            if !client.isSlow, let wrong = complaint(about: client) { return "\(client.name) \(wrong)" }
        }
        for (index, shard) in shards.enumerated() {
            let open = clients.count { $0.shard == index }
            if shard.sessionCount != open { return "\(shard.sessionCount) sessions, not \(open)" }
            if shard.channelCount > people.count { return "\(shard.channelCount) channels" }
        }
        return nil
    }

    private func complaint(about client: SimulatedClient) -> String? {
        let expected = model.expectedView(of: client, now: now)
        if client.total != expected.count { return "total \(client.total), not \(expected.count)" }
        for friend in client.view.keys.sorted() where expected[friend] != client.view[friend] {
            return "shows \(friend) \(expected[friend] == nil ? "who is not there" : "elsewhere")"
        }
        guard client.pagesAll else { return nil }
        return expected.keys.sorted().first { client.view[$0] == nil }.map { "misses \($0)" }
    }
}
