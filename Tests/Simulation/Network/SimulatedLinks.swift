/// Which processes reach which servers: links break for a while, servers end and begin again.
final class SimulatedLinks {
    private struct Link {
        var isUp = true
        /// Counts connections: what came by an earlier one is lost.
        var number = 0
        /// Until when it cannot be made anew.
        var cutUntil: Int64 = .min
    }

    let time: SimulatedTime
    let processes: Range<Int>
    let servers: Range<Int>
    private var links: [[Link]]
    private var isServerUp: [Bool]
    /// What is to be done, in this order, when a process has lost a server, has it again, or a server ends.
    var onLoss: [(_ process: Int, _ server: Int) -> Void] = []
    var onReturn: [(_ process: Int, _ server: Int) -> Void] = []
    var onStop: [(_ server: Int) -> Void] = []

    init(time: SimulatedTime, processCount: Int, serverCount: Int) {
        self.time = time
        processes = 0..<processCount
        servers = 0..<serverCount
        links = Array(repeating: Array(repeating: Link(), count: serverCount), count: processCount)
        isServerUp = Array(repeating: true, count: serverCount)
    }

    func isUp(_ process: Int, _ server: Int) -> Bool { links[process][server].isUp }
    func number(_ process: Int, _ server: Int) -> Int { links[process][server].number }
    var areAllUp: Bool { links.allSatisfy { $0.allSatisfy(\.isUp) } }

    /// A process cannot reach a server for so long, milliseconds.
    func cut(_ process: Int, _ server: Int, for milliseconds: Int64 = 0) {
        links[process][server].cutUntil = max(links[process][server].cutUntil, time.now + milliseconds)
        guard links[process][server].isUp else { return }
        links[process][server].isUp = false
        links[process][server].number += 1
        for action in onLoss { action(process, server) }
        reconnect(process, server, within: Self.longestPause)
    }

    /// A server ends, with all that it held.
    func stop(_ server: Int) {
        isServerUp[server] = false
        for action in onStop { action(server) }
        for process in processes { cut(process, server) }
    }

    func start(_ server: Int) { isServerUp[server] = true }

    /// All servers run, and nothing is cut any more.
    func mend() {
        for server in servers { start(server) }
        for process in processes { for server in servers { links[process][server].cutUntil = time.now } }
    }

    /// A process ended, and its events with it; another one begins in its place.
    func forget(_ process: Int) {
        for server in servers {
            links[process][server].number += 1
            if !links[process][server].isUp { reconnect(process, server, within: 500) }
        }
    }

    private func reconnect(_ process: Int, _ server: Int, within longest: Int64) {
        let number = links[process][server].number
        time.later(longest, of: process) { [self] in
            guard links[process][server].number == number, !links[process][server].isUp else { return }
            guard isServerUp[server], links[process][server].cutUntil <= time.now else {
                return reconnect(process, server, within: 1_000)
            }
            links[process][server].isUp = true
            for action in onReturn { action(process, server) }
        }
    }

    /// Between two attempts to connect, milliseconds.
    static let longestPause: Int64 = 3_000
}
