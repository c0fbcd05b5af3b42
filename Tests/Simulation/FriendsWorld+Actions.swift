import Channels
import Geo

/// What clients do.
extension FriendsWorld {
    func act() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<10: open()
        case 10..<14: close()
        case 14..<50: locate()
        case 50..<56: passBy()
        case 56..<62: changeRadius()
        case 62..<70: changeFriendship(of: anyone())
        case 70..<73: changeBlock(of: anyone())
        case 73..<78: changeSharing()
        case 78..<80: eraseOrCreate()
        case 80..<85: mute()
        case 85..<87: subscribeAgain()
        case 87..<92: toggleSlowness()
        case 92..<96: replay()
        case 96..<99: askForPage()
        default: if random.chance(0.1) { restart() }
        }
    }

    func anyone() -> UserIndex {
        let hubs = people.prefix(scale.hubs)
        return (random.chance(0.5) ? hubs.randomElement(using: &random) : nil) ?? people.randomElement(
            using: &random)!
    }

    // MARK: Sessions

    private func open() {
        let user = anyone()
        guard clients.count < scale.clients, !model.users[user]!.isErased else { return }
        let shard = Int.random(in: shards.indices, using: &random)
        let radius = randomRadius()
        let session = shards[shard].begin(user, radius: radius, now: now)!
        let loaded = model.friends(of: user)
        if random.chance(0.3) {
            changeFriendship(of: user)
            run(everything: random.chance(0.5))
        }
        publish(user, session, on: shard, timestamp: now)
        shards[shard].install(session, friends: loaded, now: now)
        if random.chance(0.2) { changeFriendship(of: user) }
        run(everything: true)
        clientCount += 1
        let client = SimulatedClient(
            name: "client \(clientCount) of \(user)", user: user, shard: shard, session: session,
            radius: radius,
            pagesAll: random.chance(0.7))
        clients.append(client)
        var page = shards[shard].welcome(session, now: now)
        take(page, client, isWelcome: true)
        while client.pagesAll, page.hasMore {
            page = shards[shard].nextPage(session)
            take(page, client)
        }
    }

    private func close() {
        guard let client = clients.randomElement(using: &random) else { return }
        close(client)
    }

    func close(_ client: SimulatedClient) {
        shards[client.shard].close(client.session)
        clients.removeAll { $0 === client }
    }

    private func toggleSlowness() {
        guard let client = clients.randomElement(using: &random) else { return }
        if client.isSlow {
            client.release()
            shards[client.shard].unblock(client.session, now: now)
        } else {
            client.isSlow = true
        }
    }

    private func askForPage() {
        guard let client = clients.randomElement(using: &random), !client.isSlow else { return }
        take(shards[client.shard].nextPage(client.session), client)
    }

    // MARK: Places

    private func locate() {
        guard let client = clients.randomElement(using: &random) else { return }
        let timestamp = random.chance(0.15) ? now - Int64.random(in: 0...5_000, using: &random) : now
        publish(client.user, client.session, on: client.shard, timestamp: timestamp)
    }

    private func publish(_ user: UserIndex, _ session: UInt32, on shard: Int, timestamp: Int64) {
        let coordinate = randomCoordinate()
        let accepted = shards[shard].publish(session, coordinate, timestamp: timestamp, now: now)
        note(accepted, of: user, coordinate, timestamp: timestamp)
    }

    /// People whose sessions are too short to be looked at.
    private func passBy() {
        for _ in 0..<Int.random(in: 1...scale.passersBy, using: &random) {
            let user = people.randomElement(using: &random)!
            guard !model.users[user]!.isErased else { continue }
            let coordinate = randomCoordinate()
            let accepted = engine.users.accept(user, coordinate, timestamp: now, heard: now)
            if let accepted { shards.randomElement(using: &random)!.spread(accepted, of: user, now: now) }
            note(accepted, of: user, coordinate, timestamp: now)
        }
    }

    private func note(_ accepted: UserState?, of user: UserIndex, _ coordinate: Coordinate, timestamp: Int64) {
        let expected = model.locate(user, coordinate, timestamp: timestamp, now: now)
        precondition((accepted != nil) == expected, "the engine and the model disagree about a location")
        guard let accepted else { return }
        oldRecords.append(Record(accepted, of: user))
        for client in clients where client.user == user { client.ownChanges += 1 }
    }

    private func changeRadius() {
        guard let client = clients.randomElement(using: &random) else { return }
        client.radius = randomRadius()
        client.ownChanges += 1
        shards[client.shard].setRadius(client.session, client.radius, now: now)
    }

    private func randomRadius() -> Radius {
        let longest = scale.extent * 250_000
        return Radius(metres: Double.random(in: (longest / 100)...longest, using: &random))!
    }

    private func randomCoordinate() -> Coordinate {
        let range = -scale.extent...scale.extent
        let latitude = center.latitude + Double.random(in: range, using: &random)
        let vector = center.unitVector
        let scale = max(0.001, vector.x * vector.x + vector.y * vector.y)
        var longitude = center.longitude + Double.random(in: range, using: &random) / scale.squareRoot()
        longitude = (longitude + 540).truncatingRemainder(dividingBy: 360) - 180
        return Coordinate(latitude: min(90, max(-90, latitude)), longitude: longitude)!
    }

    // MARK: Subscriptions

    private func mute() {
        guard let client = clients.randomElement(using: &random) else { return }
        if let friend = client.muted.sorted().randomElement(using: &random), random.chance(0.6) {
            client.muted.remove(friend)
            _ = shards[client.shard].resubscribe(client.session, to: friend, now: now)
        } else if let friend = model.friends(of: client.user).randomElement(using: &random) {
            // A change of this friendship that is on its way would make it another story.
            run(everything: true)
            client.muted.insert(friend)
            shards[client.shard].unsubscribe(client.session, from: friend)
            client.forget(friend)
            // Nothing is due for it, so the new total waits for the next frame: ask for one.
            shards[client.shard].wake(client.session)
        }
    }

    private func subscribeAgain() {
        guard let client = clients.randomElement(using: &random),
            let friend = model.friends(of: client.user).randomElement(using: &random)
        else { return }
        client.mayRepeat.insert(friend)
        guard !client.muted.contains(friend) else { return }
        _ = shards[client.shard].resubscribe(client.session, to: friend, now: now)
    }

    /// What was said long ago arrives again, somewhere.
    private func replay() {
        guard let record = oldRecords.randomElement(using: &random) else { return }
        engine.mailboxes.randomElement(using: &random)!.push([record])
    }
}
