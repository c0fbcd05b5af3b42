/// The bus as its contract has it, with everything that may go wrong: servers that end, links that break, messages late,
/// twice and in another order, and rings that change.
///
/// What is published while a server cannot be reached waits, the newest message about each subject of a channel, and is
/// published when it can. What was published and not heard is lost, and the listener is told that its channels were away.
final class SimulatedBus<Channel: Hashable & Comparable, Message> {
    /// What one process has to do with one server.
    private struct Port {
        var heard: Set<Channel> = []
        /// What was heard when the connection broke: the process is told, wherever the channels are by then.
        var lost: Set<Channel> = []
        var waiting: [Channel: [UInt32: Message]] = [:]
    }

    private let links: SimulatedLinks
    private let number: (Channel) -> UInt64
    private var ports: [[Port]]
    /// What each process wants to hear.
    private var wanted: [Set<Channel>]
    /// Which ring each process goes by, and which it still serves.
    private var rings: [Int]
    private var formerRings: [[Int]]
    /// Told to processes.
    var onMessage: (_ message: Message, _ subject: UInt32, _ channel: Channel, _ process: Int) -> Void = { _, _, _, _ in
    }
    var onRestored: (_ channels: [Channel], _ process: Int) -> Void = { _, _ in }

    private var time: SimulatedTime { links.time }

    /// - Parameter number: decides, with the ring, on which server a channel is.
    init(links: SimulatedLinks, number: @escaping (Channel) -> UInt64) {
        self.links = links
        self.number = number
        ports = links.processes.map { _ in links.servers.map { _ in Port() } }
        wanted = links.processes.map { _ in [] }
        rings = links.processes.map { _ in 0 }
        formerRings = links.processes.map { _ in [] }
        links.onLoss.append { [unowned self] in lose($0, $1) }
        links.onReturn.append { [unowned self] in comeBack($0, $1) }
    }

    private func server(of channel: Channel, ring: Int) -> Int {
        Int((number(channel) &* 31 &+ UInt64(ring) &* 17) % UInt64(links.servers.count))
    }

    private func servers(of channel: Channel, _ process: Int) -> [Int] {
        Set(([rings[process]] + formerRings[process]).map { server(of: channel, ring: $0) }).sorted()
    }

    // MARK: Publishing

    func publish(_ message: Message, about subject: UInt32, on channel: Channel, from process: Int) {
        for server in servers(of: channel, process) {
            ports[process][server].waiting[channel, default: [:]][subject] = message
            time.later(20, of: process) { [self] in flush(process, server) }
        }
    }

    private func flush(_ process: Int, _ server: Int) {
        guard links.isUp(process, server) else { return }
        let waiting = ports[process][server].waiting.sorted { $0.key < $1.key }
        // Sometimes the answer is lost, so that it is said again.
        if !time.random.chance(0.05) { ports[process][server].waiting = [:] }
        for (channel, messages) in waiting {
            for (subject, message) in messages.sorted(by: { $0.key < $1.key }) {
                for other in links.processes where other != process && ports[other][server].heard.contains(channel) {
                    send(message, subject, channel, to: other, by: server)
                }
            }
        }
    }

    private func send(_ message: Message, _ subject: UInt32, _ channel: Channel, to process: Int, by server: Int) {
        let link = links.number(process, server)
        for _ in 0..<(time.random.chance(0.1) ? 2 : 1) {
            time.later(time.random.chance(0.02) ? 1_500 : 200, of: process) { [self] in
                guard links.number(process, server) == link, wanted[process].contains(channel) else { return }
                onMessage(message, subject, channel, process)
            }
        }
    }

    // MARK: Hearing

    func subscribe(_ channels: [Channel], _ process: Int) {
        for channel in channels {
            wanted[process].insert(channel)
            ask(channel, process)
        }
    }

    private func ask(_ channel: Channel, _ process: Int) {
        for server in servers(of: channel, process) where links.isUp(process, server) {
            let link = links.number(process, server)
            time.later(60, of: process) { [self] in
                guard links.number(process, server) == link, wanted[process].contains(channel) else { return }
                ports[process][server].heard.insert(channel)
            }
        }
    }

    func unsubscribe(_ channels: [Channel], _ process: Int) {
        for channel in channels {
            wanted[process].remove(channel)
            for server in links.servers { ports[process][server].heard.remove(channel) }
        }
    }

    /// Tells which channels are not heard, as soon as all are, or cannot be soon, or the time is over.
    func whenHeard(
        _ channels: [Channel], _ process: Int, within milliseconds: Int64, _ done: @escaping (Set<Channel>) -> Void
    ) {
        check(channels, process, end: time.now + milliseconds, done)
    }

    private func check(
        _ channels: [Channel], _ process: Int, end: Int64, _ done: @escaping (Set<Channel>) -> Void
    ) {
        let home = { [self] channel in server(of: channel, ring: rings[process]) }
        let missing = channels.filter { !ports[process][home($0)].heard.contains($0) }
        let canComeSoon = missing.contains { links.isUp(process, home($0)) }
        guard !missing.isEmpty, canComeSoon, time.now < end else { return done(Set(missing)) }
        time.later(20, of: process) { [self] in check(channels, process, end: end, done) }
    }

    // MARK: Losses

    private func lose(_ process: Int, _ server: Int) {
        ports[process][server].lost.formUnion(ports[process][server].heard)
        ports[process][server].heard = []
    }

    private func comeBack(_ process: Int, _ server: Int) {
        flush(process, server)
        let link = links.number(process, server)
        time.later(300, of: process) { [self] in
            guard links.number(process, server) == link else { return }
            let channels = wanted[process].filter { servers(of: $0, process).contains(server) }
            ports[process][server].heard.formUnion(channels)
            let lost = ports[process][server].lost.intersection(wanted[process])
            ports[process][server].lost = []
            onRestored(lost.union(channels).sorted(), process)
        }
    }

    /// A process ends, and another one begins in its place.
    func forget(_ process: Int) {
        wanted[process] = []
        for server in links.servers { ports[process][server] = Port() }
    }

    // MARK: Rings

    /// The channels go to other servers; each process hears of it at another time, well within the overlap.
    func changeRing(_ ring: Int) {
        for process in links.processes { time.later(Self.overlap / 4) { [self] in take(ring, process) } }
    }

    private func take(_ ring: Int, _ process: Int) {
        // Revisions never go back.
        guard ring > rings[process] else { return }
        let former = rings[process]
        formerRings[process].append(former)
        rings[process] = ring
        for server in links.servers where !links.isUp(process, server) { reroute(process, server) }
        for channel in wanted[process].sorted() { ask(channel, process) }
        time.at(time.now + Self.overlap) { [self] in endOverlap(of: former, process) }
    }

    /// What waits for a server that is down goes to those that have its channels now, unless something newer waits there.
    private func reroute(_ process: Int, _ server: Int) {
        let waiting = ports[process][server].waiting
        ports[process][server].waiting = [:]
        for (channel, messages) in waiting.sorted(by: { $0.key < $1.key }) {
            for home in servers(of: channel, process) {
                ports[process][home].waiting[channel, default: [:]].merge(messages) { newer, _ in newer }
                time.later(20, of: process) { [self] in flush(process, home) }
            }
        }
    }

    private func endOverlap(of ring: Int, _ process: Int) {
        formerRings[process].removeAll { $0 == ring }
        for server in links.servers {
            if !links.isUp(process, server) { reroute(process, server) }
            ports[process][server].heard.formIntersection(
                wanted[process].filter { servers(of: $0, process).contains(server) })
        }
    }

    /// How long a channel that moved is served by both servers, milliseconds.
    static var overlap: Int64 { 2_000 }
}
