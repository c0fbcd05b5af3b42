import Channels
import Geo

/// One server process: the real engine and the real exchange, and clients that check what they are told.
final class SimulatedProcess: FrameSink {
    struct Shown: Equatable {
        var coordinate: Coordinate
        var timestamp: Int64
        var epoch: UInt32
    }

    struct Client {
        let user: UserIndex
        let session: UInt32
        let radius: Radius
        var isWelcome = false
        var view: [UserIndex: Shown] = [:]
    }

    let engine: Engine
    let shard: Shard
    var exchange = FriendsExchange()
    var clients: [UInt32: Client] = [:]
    /// Sessions that wait to be welcomed.
    var waiting: [FriendsExchange.Request: UInt32] = [:]
    private(set) var fault: String?
    private var epochs: [UserIndex: UInt32] = [:]

    init(people: Int) {
        engine = Engine(
            settings: EngineSettings(inactivityMilliseconds: 600_000, minimumIntervalMilliseconds: 0), wakes: [{}],
            busWake: {})
        for number in 0..<people { _ = engine.users.index(of: UserID("person-\(number)")!) }
        shard = engine.makeShard(0)
        shard.sink = self
    }

    func hasSession(of user: UserIndex) -> Bool { clients.values.contains { $0.user == user } }

    func deliver(to session: UInt32, items: UnsafeBufferPointer<FrameItem>, total: Int?) -> Bool {
        for item in items { take(item, session) }
        return true
    }

    func welcome(_ session: UInt32, now: Int64) {
        clients[session]?.isWelcome = true
        var page = shard.welcome(session, now: now)
        for item in page.items { take(item, session) }
        while page.hasMore {
            page = shard.nextPage(session)
            for item in page.items { take(item, session) }
        }
    }

    private func take(_ item: FrameItem, _ session: UInt32) {
        guard !item.kind.isGone else {
            clients[session]?.view[item.user] = nil
            return
        }
        let state = shard.state(ofChannel: item.channel)
        let known = engine.users.sharing(of: item.user)
        if !known.sharing { fault = "shows \(item.user), who does not share" }
        guard
            let coordinate = Coordinate(
                latitudeE7: state.coordinateE7.latitude, longitudeE7: state.coordinateE7.longitude)
        else { return fault = "shows a place that is none" }
        if let before = clients[session]?.view[item.user],
            (known.epoch, state.timestamp) < (before.epoch, before.timestamp)
        {
            fault = "shows an older state of \(item.user)"
        }
        clients[session]?.view[item.user] = Shown(
            coordinate: coordinate, timestamp: state.timestamp, epoch: known.epoch)
    }

    /// Epochs never go back, and nobody is shown who is known not to share.
    func check(people: [UserIndex]) {
        for user in people {
            let known = engine.users.sharing(of: user)
            if known.epoch < epochs[user, default: 0] { fault = "the epoch of \(user) went back" }
            epochs[user] = known.epoch
            guard !known.sharing else { continue }
            if clients.values.contains(where: { $0.view[user] != nil }) { fault = "shows \(user), hidden" }
        }
    }
}
