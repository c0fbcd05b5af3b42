import Channels
import Geo

/// Several processes on one simulated bus, every choice from a seed: friends see each other wherever their sessions are.
final class ProcessWorld {
    static let center = Coordinate(latitude: 40.75, longitude: -73.98)!
    static let serverCount = 3

    let people: [UserIndex]
    var processes: [SimulatedProcess]
    let time: SimulatedTime
    let links: SimulatedLinks
    let bus: SimulatedBus<UserIndex, UserState>
    let cache: SimulatedCache
    var model = FriendsModel(inactivity: 600_000)
    var random: SeededGenerator
    /// Milliseconds, a multiple of ``step``.
    var now: Int64 { time.now }
    private static let step: Int64 = 10
    /// No two locations have one: so each is known again where it is shown.
    private var lastTimestamp: Int64 = 0
    /// Whose process ended: their clients come back elsewhere.
    var homeless: [UserIndex] = []
    /// Friends that were looked for in a list, and those of them who had to be there.
    private(set) var comparedCount = 0
    private(set) var shownCount = 0
    /// When two people ceased to be allowed to see each other, or one to share.
    var hiddenSince: [[UserIndex]: Int64] = [:]
    private var ring = 0
    private var ownFault: String?

    init(seed: UInt64, people count: Int = 16, processes processCount: Int = 3) {
        random = SeededGenerator(seed: seed)
        people = (1...UserIndex(count)).map { $0 }
        processes = (0..<processCount).map { _ in SimulatedProcess(people: count) }
        for person in people { model.users[person] = .init() }
        time = SimulatedTime(now: 1_000_000, seed: seed &* 31 &+ 7)
        links = SimulatedLinks(time: time, processCount: processCount, serverCount: Self.serverCount)
        bus = SimulatedBus(links: links) { UInt64($0) }
        cache = SimulatedCache(links: links)
        bus.onMessage = { [unowned self] state, _, user, index in hear(state, of: user, index) }
        bus.onRestored = { [unowned self] users, index in restored(users, index) }
        cache.onReturn = { [unowned self] server, index in refill(server, from: index) }
        for (place, a) in people.enumerated() {
            for b in people[(place + 1)...] where random.chance(0.4) { model.setFriends(a, b, true) }
        }
    }

    // MARK: Time

    /// Lets the bus and the processes work for a while.
    func advance(_ milliseconds: Int64) {
        let end = now + milliseconds
        while now < end {
            time.advance(to: now + Self.step)
            for process in processes.indices { run(process) }
            if now % 1_000 == 0 { for process in processes.indices { tick(process) } }
        }
        for process in processes { process.check(people: people) }
        checkPermissions()
    }

    private func run(_ index: Int) {
        let process = processes[index]
        process.shard.tick(now: now)
        while process.shard.hasWork { process.shard.tick(now: now) }
        takeMail(index)
    }

    private func tick(_ index: Int) {
        let engine = processes[index].engine
        perform(processes[index].exchange.tick(now: now) { engine.isInterested(in: $0) }, index)
    }

    // MARK: What ties a process to the bus, as the server's cluster does

    private func takeMail(_ index: Int) {
        let process = processes[index]
        process.engine.bus?.take { record in
            switch record.busNews {
            case .state(let state): tell(state, of: record.user, from: index)
            case .interest:
                let isInterested = process.engine.isInterested(in: record.user)
                perform(
                    process.exchange.interestChanged(in: record.user, isInterested: isInterested, now: now), index)
            case nil: break
            }
        }
    }

    func perform(_ actions: [FriendsExchange.Action], _ index: Int) {
        for action in actions {
            switch action {
            case .subscribe(let users): bus.subscribe(users, index)
            case .unsubscribe(let users): bus.unsubscribe(users, index)
            case .wait(let users, let request):
                bus.whenHeard(users, index, within: 1_000) { [self] in heard(request, missing: $0, index) }
            case .read(let users, let request):
                cache.read(users, index) { [self] in answered(request, $0, index) }
            case .finish(let request): arrive(request, index)
            }
        }
    }

    private func tell(_ state: UserState, of user: UserIndex, from index: Int) {
        bus.publish(state, about: 0, on: user, from: index)
        cache.store(state, of: user, from: index)
    }

    private func hear(_ state: UserState, of user: UserIndex, _ index: Int) {
        processes[index].engine.receive([(user: user, state: state)])
    }

    private func heard(_ request: FriendsExchange.Request, missing: Set<UserIndex>, _ index: Int) {
        perform(processes[index].exchange.heard(request, missing: missing), index)
    }

    private func answered(_ request: FriendsExchange.Request, _ answer: SimulatedCache.Answer, _ index: Int) {
        processes[index].engine.receive(answer.states)
        perform(processes[index].exchange.read(request, unanswered: answer.unanswered, now: now), index)
    }

    private func restored(_ users: [UserIndex], _ index: Int) {
        perform(processes[index].exchange.restored(users, now: now), index)
    }

    private func refill(_ server: Int, from index: Int) {
        let process = processes[index]
        for user in people where cache.server(of: user) == server && process.hasSession(of: user) {
            if let state = process.engine.users.state(of: user) { tell(state, of: user, from: index) }
        }
    }

    // MARK: Sessions

    func open(_ user: UserIndex, at index: Int) {
        guard let known = model.users[user], !known.isErased else { return }
        let process = processes[index]
        let radius = Radius(metres: Double.random(in: 500...20_000, using: &random))!
        guard let session = process.shard.begin(user, radius: radius, now: now) else { return }
        process.engine.setSharing(user, known.isSharing, epoch: known.epoch)
        process.clients[session] = SimulatedProcess.Client(user: user, session: session, radius: radius)
        let friends = model.friends(of: user)
        process.shard.install(session, friends: friends, now: now)
        let (request, actions) = process.exchange.prepare(friends + [user], now: now)
        process.waiting[request] = session
        perform(actions, index)
    }

    private func arrive(_ request: FriendsExchange.Request, _ index: Int) {
        let process = processes[index]
        guard let session = process.waiting.removeValue(forKey: request), process.clients[session] != nil
        else { return }
        locate(session, at: index)
        process.shard.tick(now: now)
        process.welcome(session, now: now)
    }

    func locate(_ session: UInt32, at index: Int) {
        guard let client = processes[index].clients[session] else { return }
        lastTimestamp = max(lastTimestamp + 1, now)
        let coordinate = Coordinate(
            latitude: Self.center.latitude + Double.random(in: -0.1...0.1, using: &random),
            longitude: Self.center.longitude + Double.random(in: -0.1...0.1, using: &random))!
        guard processes[index].shard.publish(session, coordinate, timestamp: lastTimestamp, now: now) != nil else {
            return
        }
        _ = model.locate(client.user, coordinate, timestamp: lastTimestamp, now: now)
    }

    func close(_ session: UInt32, at index: Int) {
        guard processes[index].clients.removeValue(forKey: session) != nil else { return }
        processes[index].waiting = processes[index].waiting.filter { $0.value != session }
        processes[index].shard.close(session)
    }

    /// Where a user's welcomed session is.
    func home(of user: UserIndex) -> (process: Int, session: UInt32)? {
        for index in processes.indices {
            let own = processes[index].clients.values.filter { $0.user == user }.map(\.session)
            if let session = own.min() { return (index, session) }
        }
        return nil
    }

    // MARK: Faults

    func crash(_ index: Int) {
        homeless += processes[index].clients.values.map(\.user).sorted()
        time.forget(index)
        bus.forget(index)
        cache.forget(index)
        links.forget(index)
        processes[index] = SimulatedProcess(people: people.count)
        for user in people { follow(user, at: index) }
    }

    func changeRing() {
        ring += 1
        bus.changeRing(ring)
    }

    /// Everything works again, whoever lost its process is back, and all that is on its way arrives.
    func quieten() {
        links.mend()
        advance(SimulatedBus<UserIndex, UserState>.overlap + 8_000)
        for user in homeless where home(of: user) == nil { open(user, at: anyProcess()) }
        homeless = []
        fill()
        advance(20_000)
    }

    /// So many sessions, and so many friends each, that there is something to compare.
    private func fill() {
        for user in people where random.chance(0.7) {
            if model.users[user]!.isErased { create(user) }
            if home(of: user) == nil { open(user, at: anyProcess()) }
            for friend in people where random.chance(0.2) { befriend(user, friend) }
        }
    }

    // MARK: Complaints

    var fault: String? {
        get { ownFault ?? processes.lazy.compactMap(\.fault).first }
        set { ownFault = newValue }
    }

    /// What is wrong with a list when all is quiet.
    func complaint() -> String? {
        for index in processes.indices {
            for client in processes[index].clients.values.sorted(by: { $0.session < $1.session }) {
                guard client.isWelcome else { return "\(client.user) was never welcomed" }
                if let wrong = complaint(about: client) { return "\(client.user) at \(index) \(wrong)" }
            }
        }
        return nil
    }

    private func complaint(about client: SimulatedProcess.Client) -> String? {
        guard let here = model.users[client.user]?.coordinate else { return nil }
        let friends = model.friends(of: client.user)
        if let stranger = client.view.keys.sorted().first(where: { !friends.contains($0) }) {
            return "shows \(stranger), no friend"
        }
        for friend in friends {
            guard let state = model.users[friend] else { continue }
            let shown = client.view[friend]
            if shown != nil, !state.isSharing || state.isErased { return "shows \(friend), who does not share" }
            // Where somebody was last who has no session is known by what is cached, or was heard.
            guard home(of: friend) != nil, let there = state.coordinate else { continue }
            comparedCount += 1
            if shown != nil { shownCount += 1 }
            let isNear = state.isSharing && here.distance(to: there) <= client.radius.metres
            if isNear, shown == nil { return "misses \(friend)" }
            if !isNear, shown != nil { return "shows \(friend), who is not there" }
            if isNear, shown?.timestamp != state.timestamp { return "shows \(friend) elsewhere" }
        }
        return nil
    }
}
