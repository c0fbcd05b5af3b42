import Channels
import Geo

/// A thread's shard and the clients on it. Stays on its thread.
final class ClientLoop: FrameSink {
    private struct Client {
        let user: UserIndex
        var radius: Double
        var view: [UserIndex: Int64] = [:]
        var total = 0
    }

    private static let now: Int64 = 1_000_000

    private let town: Town
    private let shard: Shard
    private var random: SeededRandom
    private var clients: [UInt32: Client] = [:]
    private(set) var complaints: [String] = []

    init(_ town: Town, index: Int, seed: UInt64) {
        self.town = town
        shard = town.engine.makeShard(index)
        random = SeededRandom(seed: seed)
        shard.sink = self
    }

    func tick() { shard.tick(now: Self.now) }

    func act() {
        switch Int.random(in: 0..<20, using: &random) {
        case 0, 1: open()
        case 2: if let session = anySession() { close(session) }
        case 3: if let session = anySession() { changeRadius(of: session) }
        case 4: changeFriendship()
        case 5: town.toggleSharing(of: anyone())
        case 6...8: tick()
        default: if let session = anySession() { locate(session) }
        }
    }

    private func anySession() -> UInt32? { clients.keys.sorted().randomElement(using: &random) }
    private func anyone() -> UserIndex { town.people.randomElement(using: &random)! }

    private func changeFriendship() {
        let (a, b) = (anyone(), anyone())
        if a != b { town.toggleFriendship(a, b) }
    }

    private func open() {
        guard clients.count < 12 else { return }
        let user = anyone()
        let radius = Radius(metres: .random(in: 100...3_000, using: &random))!
        let session = shard.begin(user, radius: radius, now: Self.now)!
        let friends = town.friends(of: user)
        locate(session)
        if random.chance(0.5) { tick() }
        shard.install(session, friends: friends, now: Self.now)
        clients[session] = Client(user: user, radius: radius.metres)
        var page = shard.welcome(session, now: Self.now)
        take(page, session)
        while page.hasMore {
            page = shard.nextPage(session)
            take(page, session)
        }
    }

    private func take(_ page: FriendsPage, _ session: UInt32) {
        clients[session]!.total = page.total
        for item in page.items { enter(item, session) }
    }

    private func close(_ session: UInt32) {
        shard.close(session)
        clients[session] = nil
    }

    private func changeRadius(of session: UInt32) {
        let radius = Radius(metres: .random(in: 100...3_000, using: &random))!
        clients[session]!.radius = radius.metres
        shard.setRadius(session, radius, now: Self.now)
    }

    private func locate(_ session: UInt32) {
        let place = Stage.place(.random(in: 0...4_000, using: &random))
        shard.publish(session, place, timestamp: town.nextTimestamp(), now: Self.now)
    }

    // MARK: What the clients are told

    func deliver(to session: UInt32, items: UnsafeBufferPointer<FrameItem>, total: Int?) -> Bool {
        for item in items where !item.kind.isGone { enter(item, session) }
        for item in items where item.kind.isGone { clients[session]!.view[item.user] = nil }
        if let total { clients[session]!.total = total }
        return true
    }

    private func enter(_ item: FrameItem, _ session: UInt32) {
        let state = shard.state(ofChannel: item.channel)
        if state.user != item.user { complaints.append("the state of someone else") }
        if state.timestamp < clients[session]!.view[item.user] ?? .min { complaints.append("an older state") }
        clients[session]!.view[item.user] = state.timestamp
    }

    // MARK: When all threads rest

    /// Compares what every client was told with brute force over the newest states.
    func check() {
        for (session, client) in clients {
            let expected = expectedView(of: client)
            if client.view != expected {
                complaints.append(
                    "session \(session) of \(client.user) shows \(client.view), not \(expected)")
            }
            if client.total != expected.count {
                complaints.append("session \(session): total \(client.total)")
            }
        }
    }

    private func expectedView(of client: Client) -> [UserIndex: Int64] {
        let users = town.engine.users
        let here = users.state(of: client.user)!.coordinate
        var view: [UserIndex: Int64] = [:]
        for friend in town.friends(of: client.user) {
            guard let state = users.state(of: friend), state.flags.contains(.sharing),
                here.distance(to: state.coordinate) <= client.radius
            else { continue }
            view[friend] = state.timestamp
        }
        return view
    }
}
