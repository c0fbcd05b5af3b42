import Channels

/// What people do, and what goes wrong.
extension ProcessWorld {
    func act(withFaults: Bool) {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<20: open()
        case 20..<26: close()
        case 26..<64: move()
        case 64..<72: changeSharing()
        case 72..<76: eraseOrCreate()
        case 76..<84: changeFriendship()
        case 84..<88: changeBlock()
        default: if withFaults { fail() }
        }
    }

    private var sessions: [(process: Int, session: UInt32)] {
        processes.indices.flatMap { index in
            processes[index].clients.keys.sorted().map { (process: index, session: $0) }
        }
    }

    private func anyone() -> UserIndex { people.randomElement(using: &random)! }
    func anyProcess() -> Int { Int.random(in: processes.indices, using: &random) }

    /// A user comes, or changes the process.
    private func open() {
        let user = homeless.isEmpty ? anyone() : homeless.removeFirst()
        if let home = home(of: user) { close(home.session, at: home.process) }
        open(user, at: anyProcess())
    }

    private func close() {
        guard let (process, session) = sessions.randomElement(using: &random) else { return }
        close(session, at: process)
    }

    private func move() {
        guard let (process, session) = sessions.randomElement(using: &random),
            processes[process].clients[session]?.isWelcome == true
        else { return }
        locate(session, at: process)
    }

    private func fail() {
        let server = Int.random(in: links.servers, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: links.cut(anyProcess(), server)
        case 4, 5: links.stop(server)
        case 6, 7: links.start(server)
        case 8: changeRing()
        default: crash(anyProcess())
        }
    }
}
