import Channels

/// What people do, and what goes wrong.
extension ProcessWorld {
    func act(withFaults: Bool) {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<20: open()
        case 20..<26: close()
        case 26..<70: move()
        case 70..<76: changeSharing()
        case 76..<78: eraseOrCreate()
        case 78..<88: changeFriendship()
        default: if withFaults { fail() }
        }
    }

    private var sessions: [(process: Int, session: UInt32)] {
        processes.indices.flatMap { index in
            processes[index].clients.keys.sorted().map { (process: index, session: $0) }
        }
    }

    private func anyone() -> UserIndex { people.randomElement(using: &random)! }
    private func anyProcess() -> Int { Int.random(in: processes.indices, using: &random) }

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

    /// At the process that the user's session is on.
    private func changeSharing() {
        let user = anyone()
        guard let home = home(of: user), var known = model.users[user], !known.isErased else { return }
        known.isSharing.toggle()
        known.epoch += 1
        model.users[user] = known
        processes[home.process].engine.setSharing(user, known.isSharing, epoch: known.epoch)
    }

    private func eraseOrCreate() {
        let user = anyone()
        guard var known = model.users[user] else { return }
        if known.isErased {
            known.isErased = false
            known.isSharing = true
            known.epoch += 1
            model.users[user] = known
            return
        }
        let acting = home(of: user)?.process ?? anyProcess()
        while let home = home(of: user) { close(home.session, at: home.process) }
        homeless.removeAll { $0 == user }
        for friend in model.friends(of: user) { unfriend(user, friend) }
        model.erase(user)
        processes[acting].engine.erase(user, epoch: model.users[user]!.epoch)
    }

    /// Friendships come from the store, to every process. More begin than end: erasures end many.
    private func changeFriendship() {
        let (a, b) = (anyone(), anyone())
        guard a != b, model.users[a]?.isErased == false, model.users[b]?.isErased == false else { return }
        if model.users[a]!.friends.contains(b) {
            if random.chance(0.5) { unfriend(a, b) }
        } else {
            model.setFriends(a, b, true)
            for process in processes { process.engine.befriend(a, b) }
        }
    }

    private func unfriend(_ a: UserIndex, _ b: UserIndex) {
        model.setFriends(a, b, false)
        for process in processes { process.engine.unfriend(a, b) }
    }

    private func fail() {
        let server = Int.random(in: 0..<Self.serverCount, using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: bus.breakLink(anyProcess(), server)
        case 4, 5: bus.stopServer(server)
        case 6, 7: bus.startServer(server)
        case 8: changeRing()
        default: crash(anyProcess())
        }
    }
}
