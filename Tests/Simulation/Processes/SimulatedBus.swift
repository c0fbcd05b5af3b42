import Channels

/// The bus and the cache as their contracts have them, with everything that may go wrong: servers that end and begin again
/// without what they knew, links that break, messages late, twice and in another order, and rings that change.
///
/// What is published while a server cannot be reached waits, the newest state a user, and is published when it can. What
/// was published and not heard is lost, and the listener is told that its channels were away. The cache keeps the newest
/// state a user that was stored.
final class SimulatedBus {
    /// What happens at a time.
    private enum Event {
        case flush(process: Int, server: Int)
        case deliver(UserIndex, UserState, process: Int, server: Int, link: Int)
        case subscribed(UserIndex, process: Int, server: Int, link: Int)
        case check(FriendsExchange.Request, [UserIndex], process: Int, end: Int64)
        case read(FriendsExchange.Request, [UserIndex], process: Int)
        case store(UserIndex, UserState, process: Int)
        case restore(process: Int, server: Int, link: Int)
        case reconnect(process: Int, server: Int, link: Int)
        case ring(Int, process: Int)
        case endOverlap(Int, process: Int)
    }

    private struct Link {
        var isUp = true
        /// Counts connections: what came by an earlier one is lost.
        var number = 0
        var heard: Set<UserIndex> = []
        /// What was heard when the connection broke: the process is told, wherever the channels are by then.
        var lost: Set<UserIndex> = []
        var waiting: [UserIndex: UserState] = [:]
        var stores: [UserIndex: UserState] = [:]
    }

    private let serverCount: Int
    private var links: [[Link]]
    /// What each process wants to hear.
    private var wanted: [Set<UserIndex>]
    /// Which ring each process goes by, and which it still serves.
    private var rings: [Int]
    private var formerRings: [[Int]]
    private var isServerUp: [Bool]
    private var caches: [[UserIndex: UserState]]
    private var events: [(time: Int64, event: Event)] = []
    private(set) var now: Int64 = 0
    /// Gets what the processes are to be told.
    unowned let world: ProcessWorld

    static let overlap: Int64 = 2_000

    init(world: ProcessWorld, processCount: Int, serverCount: Int, now: Int64) {
        self.world = world
        self.serverCount = serverCount
        self.now = now
        links = Array(repeating: Array(repeating: Link(), count: serverCount), count: processCount)
        wanted = Array(repeating: [], count: processCount)
        rings = Array(repeating: 0, count: processCount)
        formerRings = Array(repeating: [], count: processCount)
        isServerUp = Array(repeating: true, count: serverCount)
        caches = Array(repeating: [:], count: serverCount)
    }

    private func server(of user: UserIndex, ring: Int) -> Int { Int(user &* 31 &+ UInt32(ring) &* 17) % serverCount }

    private func servers(of user: UserIndex, _ process: Int) -> [Int] {
        Set(([rings[process]] + formerRings[process]).map { server(of: user, ring: $0) }).sorted()
    }

    private func cacheServer(of user: UserIndex) -> Int { Int(user) % serverCount }

    private func later(_ longest: Int64, _ event: Event) {
        events.append((now + 1 + Int64.random(in: 0..<longest, using: &world.random), event))
    }

    // MARK: What processes want

    func publish(_ state: UserState, of user: UserIndex, from process: Int) {
        for server in servers(of: user, process) {
            links[process][server].waiting[user] = state
            later(20, .flush(process: process, server: server))
        }
        store(user, state, process)
    }

    func store(_ user: UserIndex, _ state: UserState, _ process: Int) {
        links[process][cacheServer(of: user)].stores[user] = state
        later(50, .store(user, state, process: process))
    }

    func subscribe(_ users: [UserIndex], _ process: Int) {
        for user in users {
            wanted[process].insert(user)
            ask(user, process)
        }
    }

    private func ask(_ user: UserIndex, _ process: Int) {
        for server in servers(of: user, process) where links[process][server].isUp {
            let link = links[process][server].number
            later(60, .subscribed(user, process: process, server: server, link: link))
        }
    }

    func unsubscribe(_ users: [UserIndex], _ process: Int) {
        for user in users {
            wanted[process].remove(user)
            for server in 0..<serverCount { links[process][server].heard.remove(user) }
        }
    }

    func wait(for users: [UserIndex], _ request: FriendsExchange.Request, _ process: Int) {
        check(request, users, process, end: now + 1_000)
    }

    private func check(_ request: FriendsExchange.Request, _ users: [UserIndex], _ process: Int, end: Int64) {
        let missing = users.filter { !isHeard($0, process) }
        let canComeSoon = missing.contains { links[process][server(of: $0, ring: rings[process])].isUp }
        if missing.isEmpty || !canComeSoon || now >= end {
            world.heard(request, missing: Set(missing), process)
        } else {
            later(20, .check(request, users, process: process, end: end))
        }
    }

    private func isHeard(_ user: UserIndex, _ process: Int) -> Bool {
        links[process][server(of: user, ring: rings[process])].heard.contains(user)
    }

    func read(_ users: [UserIndex], _ request: FriendsExchange.Request, _ process: Int) {
        later(100, .read(request, users, process: process))
    }

    // MARK: Faults

    /// A process loses its connections to a server for a while.
    func breakLink(_ process: Int, _ server: Int) {
        guard links[process][server].isUp else { return }
        links[process][server].isUp = false
        links[process][server].number += 1
        links[process][server].lost.formUnion(links[process][server].heard)
        links[process][server].heard = []
        later(3_000, .reconnect(process: process, server: server, link: links[process][server].number))
    }

    /// A server ends, with all that its cache held.
    func stopServer(_ server: Int) {
        isServerUp[server] = false
        caches[server] = [:]
        for process in links.indices { breakLink(process, server) }
    }

    func startServer(_ server: Int) { isServerUp[server] = true }
    func startAllServers() { for server in 0..<serverCount { startServer(server) } }

    /// The channels go to other servers; each process hears of it at another time, well within the overlap.
    func changeRing(_ ring: Int) {
        for process in links.indices { later(Self.overlap / 4, .ring(ring, process: process)) }
    }

    /// A process ends, and another one begins in its place.
    func forget(_ process: Int) {
        wanted[process] = []
        events.removeAll { Self.process(of: $0.event) == process && !Self.isOfTheRing($0.event) }
        for server in 0..<serverCount {
            let link = links[process][server]
            links[process][server] = Link(isUp: link.isUp, number: link.number + 1)
            if !link.isUp {
                later(500, .reconnect(process: process, server: server, link: link.number + 1))
            }
        }
    }

    private static func isOfTheRing(_ event: Event) -> Bool {
        switch event {
        case .ring, .endOverlap: true
        default: false
        }
    }

    private static func process(of event: Event) -> Int {
        switch event {
        case .flush(let process, _), .deliver(_, _, let process, _, _), .subscribed(_, let process, _, _),
            .check(_, _, let process, _), .read(_, _, let process), .store(_, _, let process),
            .restore(let process, _, _), .reconnect(let process, _, _), .ring(_, let process),
            .endOverlap(_, let process):
            process
        }
    }

    // MARK: Time

    func advance(to time: Int64) {
        while let next = events.indices.min(by: { events[$0].time < events[$1].time }), events[next].time <= time {
            let (time, event) = events.remove(at: next)
            now = max(now, time)
            happen(event)
        }
        now = time
    }

    private func happen(_ event: Event) {
        switch event {
        case .flush(let process, let server): flush(process, server)
        case .deliver(let user, let state, let process, let server, let link):
            guard links[process][server].number == link, wanted[process].contains(user) else { return }
            world.hear(state, of: user, process)
        case .subscribed(let user, let process, let server, let link):
            guard links[process][server].number == link, wanted[process].contains(user) else { return }
            links[process][server].heard.insert(user)
        case .check(let request, let users, let process, let end): check(request, users, process, end: end)
        case .read(let request, let users, let process): answer(request, users, process)
        case .store(let user, _, let process): flushStores(process, cacheServer(of: user))
        case .reconnect(let process, let server, let link): reconnect(process, server, link)
        case .restore(let process, let server, let link): restore(process, server, link)
        case .ring(let ring, let process): take(ring, process)
        case .endOverlap(let ring, let process): endOverlap(of: ring, process)
        }
    }

    private func flush(_ process: Int, _ server: Int) {
        guard links[process][server].isUp else { return }
        let states = links[process][server].waiting
        // Sometimes the answer is lost, so that it is said again.
        if !world.random.chance(0.05) { links[process][server].waiting = [:] }
        for (user, state) in states.sorted(by: { $0.key < $1.key }) {
            for other in links.indices where other != process && links[other][server].heard.contains(user) {
                for _ in 0..<(world.random.chance(0.1) ? 2 : 1) {
                    let link = links[other][server].number
                    later(200, .deliver(user, state, process: other, server: server, link: link))
                }
            }
        }
    }

    private func flushStores(_ process: Int, _ server: Int) {
        guard links[process][server].isUp else { return }
        for (user, state) in links[process][server].stores.sorted(by: { $0.key < $1.key }) {
            let known = caches[server][user]
            if (known?.epoch ?? 0, known?.timestamp ?? .min) <= (state.epoch, state.timestamp) {
                caches[server][user] = state
            }
        }
        links[process][server].stores = [:]
    }

    private func answer(_ request: FriendsExchange.Request, _ users: [UserIndex], _ process: Int) {
        var (states, unanswered): ([(user: UserIndex, state: UserState)], Set<UserIndex>) = ([], [])
        for user in users {
            let server = cacheServer(of: user)
            if !links[process][server].isUp {
                unanswered.insert(user)
            } else if let state = caches[server][user] {
                states.append((user, state))
            }
        }
        world.answered(request, states, unanswered: unanswered, process)
    }

    private func reconnect(_ process: Int, _ server: Int, _ link: Int) {
        guard links[process][server].number == link, !links[process][server].isUp else { return }
        guard isServerUp[server] else {
            return later(1_000, .reconnect(process: process, server: server, link: link))
        }
        links[process][server].isUp = true
        flush(process, server)
        flushStores(process, server)
        world.cacheIsBack(server, process) { [serverCount] in Int($0) % serverCount == server }
        later(300, .restore(process: process, server: server, link: link))
    }

    private func restore(_ process: Int, _ server: Int, _ link: Int) {
        guard links[process][server].number == link else { return }
        let users = wanted[process].filter { servers(of: $0, process).contains(server) }
        links[process][server].heard.formUnion(users)
        let lost = links[process][server].lost.intersection(wanted[process])
        links[process][server].lost = []
        world.restored(lost.union(users).sorted(), process)
    }

    private func take(_ ring: Int, _ process: Int) {
        // Revisions never go back.
        guard ring > rings[process] else { return }
        let former = rings[process]
        formerRings[process].append(former)
        rings[process] = ring
        for user in wanted[process].sorted() { ask(user, process) }
        events.append((now + Self.overlap, .endOverlap(former, process: process)))
    }

    private func endOverlap(of ring: Int, _ process: Int) {
        formerRings[process].removeAll { $0 == ring }
        for server in 0..<serverCount {
            links[process][server].heard.formIntersection(
                wanted[process].filter { servers(of: $0, process).contains(server) })
        }
    }
}
