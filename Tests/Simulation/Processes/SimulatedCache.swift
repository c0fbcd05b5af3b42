import Channels

/// The cache as its contract has it: the newest state of each user that was stored and reached its server, which forgets
/// all when it ends; of who may not be shown a tombstone. What is stored while a server cannot be reached waits.
final class SimulatedCache {
    struct Answer {
        var states: [(user: UserIndex, state: UserState)] = []
        /// Users whose server did not answer.
        var unanswered: Set<UserIndex> = []
    }

    private let links: SimulatedLinks
    private var states: [[UserIndex: UserState]]
    private var waiting: [[[UserIndex: UserState]]]
    /// A process has a server again, which may have forgotten what the process knows.
    var onReturn: (_ server: Int, _ process: Int) -> Void = { _, _ in }

    init(links: SimulatedLinks) {
        self.links = links
        states = links.servers.map { _ in [:] }
        waiting = links.processes.map { _ in links.servers.map { _ in [:] } }
        links.onStop.append { [unowned self] in states[$0] = [:] }
        links.onReturn.append { [unowned self] process, server in
            flush(process, server)
            onReturn(server, process)
        }
    }

    func server(of user: UserIndex) -> Int { Int(user) % links.servers.count }

    func store(_ state: UserState, of user: UserIndex, from process: Int) {
        let server = server(of: user)
        waiting[process][server][user] = state
        links.time.later(50, of: process) { [self] in flush(process, server) }
    }

    private func flush(_ process: Int, _ server: Int) {
        guard links.isUp(process, server) else { return }
        for (user, state) in waiting[process][server].sorted(by: { $0.key < $1.key }) {
            if let known = states[server][user], Self.isAbove(known, state) { continue }
            states[server][user] = Self.kept(state)
        }
        waiting[process][server] = [:]
    }

    /// Within an epoch whoever may not be shown stays so.
    private static func isAbove(_ one: UserState, _ other: UserState) -> Bool {
        let time = { (state: UserState) in state.flags.contains(.sharing) ? state.timestamp : .max }
        return (one.epoch, time(one)) > (other.epoch, time(other))
    }

    /// Of who may not be shown no place and no time is kept.
    private static func kept(_ state: UserState) -> UserState {
        guard !state.flags.isSuperset(of: [.located, .sharing]) else { return state }
        var kept = state
        (kept.timestamp, kept.heard) = (.min, .min)
        kept.flags.remove(.located)
        return kept
    }

    func read(_ users: [UserIndex], _ process: Int, _ done: @escaping (Answer) -> Void) {
        links.time.later(100, of: process) { [self] in
            var answer = Answer()
            for user in users {
                if !links.isUp(process, server(of: user)) {
                    answer.unanswered.insert(user)
                } else if let state = states[server(of: user)][user] {
                    answer.states.append((user, state))
                }
            }
            done(answer)
        }
    }

    func forget(_ process: Int) { waiting[process] = links.servers.map { _ in [:] } }
}
