import Geo

@testable import Strangers

/// What people do, and what goes wrong.
extension StrangerWorld {
    func act(withFaults: Bool) {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<22: join(anyone())
        case 22..<28: leave { $0.optOut($1, at: $2) }
        case 28..<36: leave { $0.sessionClosed($1, at: $2) }
        case 36..<72: move()
        case 72..<76: changeRadius()
        case 76..<80: changeSharing()
        case 80..<88: changeHidden()
        default: if withFaults { fail() }
        }
    }

    private func anyone() -> UInt32 { UInt32.random(in: 0..<UInt32(people.count), using: &random) }
    private func anyProcess() -> Int { Int.random(in: processes.indices, using: &random) }

    private func anySession() -> (process: StrangerProcess, client: StrangerClient)? {
        let sessions = processes.flatMap { process in process.sortedClients.map { (process: process, client: $0) } }
        return sessions.randomElement(using: &random)
    }

    // MARK: Sessions

    /// So many sessions that there is something to compare.
    func fill() {
        for user in people.indices where random.chance(0.8) {
            people[user].isSharing = true
            join(UInt32(user))
        }
    }

    /// A user comes, comes back elsewhere, or has a second session.
    private func join(_ user: UInt32) {
        let index = anyProcess()
        let process = processes[index]
        guard people[Int(user)].isSharing, processes.reduce(0, { $0 + ($1.hasSession(of: user) ? 1 : 0) }) < 2,
            !process.hasSession(of: user)
        else { return }
        locate(user, at: index)
        let client = StrangerClient(
            session: newSession(), user: user, shard: Int.random(in: 0..<StrangerProcess.shardCount, using: &random),
            radius: [500, 2_000, 8_000, 30_000].randomElement(using: &random)!, end: now + settings.expireMilliseconds)
        process.clients[client.session] = client
        optIn(client, at: process)
    }

    private func optIn(_ client: StrangerClient, at process: StrangerProcess) {
        client.end = now + settings.expireMilliseconds
        willEnd(at: client.end)
        process.run {
            $0.shards[client.shard].optIn(
                session: client.session, user: $0.local(client.user), userNumber: number(of: client.user),
                fix: fix(of: client.user, at: $0), radius: Radius(metres: client.radius), at: $0.moment)
        }
    }

    private func leave(_ end: (StrangerShard, UInt32, Moment) -> Void) {
        guard let (process, client) = anySession() else { return }
        process.clients[client.session] = nil
        process.run { end($0.shards[client.shard], client.session, $0.moment) }
    }

    private func changeRadius() {
        guard let (process, client) = anySession(), client.isReady else { return }
        client.radius = [500, 2_000, 8_000, 30_000].randomElement(using: &random)!
        optIn(client, at: process)
    }

    // MARK: Places

    private func move() {
        guard let (process, client) = anySession() else { return }
        let former = people[Int(client.user)].position
        people[Int(client.user)].position = randomPosition(client.user)
        if random.chance(0.5) {
            // A few hundred metres: over an edge and not far enough past it.
            people[Int(client.user)].position =
                Coordinate(
                    latitude: former.latitude + Double.random(in: -0.003...0.003, using: &random),
                    longitude: former.longitude + Double.random(in: -0.003...0.003, using: &random)) ?? former
        }
        locate(client.user, at: process.index)
    }

    /// A location is accepted at one process; the others hear of it by the user's own channel, or read it later.
    private func locate(_ user: UInt32, at index: Int) {
        people[Int(user)].timestamp = max(people[Int(user)].timestamp + 1, wall)
        people[Int(user)].locatedAt = now
        processes[index].run { process in
            let fix = fix(of: user, at: process)
            let shard = process.shards[process.clients.values.first { $0.user == user }?.shard ?? 0]
            if shard.isOn(process.local(user)) { shard.moved(user: process.local(user), to: fix, at: process.moment) }
        }
        for other in processes.indices where other != index { follow(user, at: other, longest: 200) }
    }

    private func follow(_ user: UInt32, at index: Int, longest: Int64) {
        time.later(longest, of: index) { [self] in
            guard processes[index].hasSession(of: user) else { return }
            guard links.isUp(index, Int(user) % Self.serverCount) else {
                return follow(user, at: index, longest: 1_000)
            }
            processes[index].run { $0.perform([$0.exchange.moved(user: $0.local(user), to: fix(of: user, at: $0))]) }
        }
    }

    private func fix(of user: UInt32, at process: StrangerProcess) -> StrangerFix {
        let person = people[Int(user)]
        let age = now - person.locatedAt
        return StrangerFix(
            coordinate: person.position, timestamp: person.timestamp, heard: process.moment.monotonic - age)
    }

    // MARK: Permissions

    /// At one process at once, at the others as soon as they hear of it.
    private func changeSharing() {
        let user = anyone()
        people[Int(user)].isSharing.toggle()
        guard !people[Int(user)].isSharing else { return }
        let reason: StrangerEnd = random.chance(0.5) ? .suspended : .hiddenPlace
        let acting = anyProcess()
        processes[acting].run { $0.shards[0].withdraw(user: $0.local(user), reason: reason, at: $0.moment) }
        for index in processes.indices where index != acting {
            if random.chance(0.5) {
                time.later(200, of: index) { [self] in
                    processes[index].run { $0.perform([$0.exchange.suspended(user: $0.local(user))]) }
                }
            }
            time.later(StrangerWatch.longestFeed, of: index) { [self] in
                guard !people[Int(user)].isSharing else { return }
                processes[index].run { $0.shards[0].withdraw(user: $0.local(user), reason: reason, at: $0.moment) }
            }
        }
    }

    private func changeHidden() {
        let (a, b) = (anyone(), anyone())
        guard a != b else { return }
        let pair = [min(a, b), max(a, b)]
        watch.hiddenSince[pair] = watch.hiddenSince[pair] == nil ? now : nil
        let acting = anyProcess()
        for index in processes.indices {
            if index == acting {
                adopt(pair, at: index)
            } else {
                time.later(StrangerWatch.longestFeed, of: index) { [self] in adopt(pair, at: index) }
            }
        }
    }

    private func adopt(_ pair: [UInt32], at index: Int) {
        processes[index].run { process in
            if watch.hiddenSince[pair] == nil { process.hidden.remove(pair) } else { process.hidden.insert(pair) }
            for client in process.sortedClients {
                guard pair.contains(client.user) else { continue }
                let other = pair[0] == client.user ? pair[1] : pair[0]
                process.shards[client.shard].relationsChanged(
                    session: client.session, user: process.local(other), at: process.moment)
            }
        }
    }

    // MARK: Faults

    private func fail() {
        let server = Int.random(in: links.servers, using: &random)
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<3: links.cut(anyProcess(), server)
        case 3..<5: links.cut(anyProcess(), server, for: Int64.random(in: 10_000...200_000, using: &random))
        case 5: for server in links.servers { links.cut(anyProcess(), server, for: 60_000) }
        case 6: links.stop(server)
        case 7, 8: links.start(server)
        case 9: changeRing()
        default: crash(anyProcess())
        }
    }
}
