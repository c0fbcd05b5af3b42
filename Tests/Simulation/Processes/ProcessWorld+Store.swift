import Channels

/// What people change in the common database: it acts at one process at once, and the others follow within a second,
/// whatever the bus does.
extension ProcessWorld {
    /// Milliseconds.
    private static let longestFeed: Int64 = 1_000

    // MARK: Changes

    /// At a process that the user has a session on, or any.
    func changeSharing() {
        let user = anybody()
        guard model.users[user]!.isErased == false else { return }
        model.users[user]!.isSharing.toggle()
        model.users[user]!.epoch += 1
        hiddenSince[[user]] = model.users[user]!.isSharing ? nil : now
        changed([user], at: home(of: user)?.process ?? anyProcess())
    }

    func eraseOrCreate() {
        let user = anybody()
        guard !model.users[user]!.isErased else { return create(user) }
        let friends = model.users[user]!.friends.sorted()
        for friend in friends { note(user, friend) { $0.setFriends(user, friend, false) } }
        model.erase(user)
        hiddenSince[[user]] = now
        while let home = home(of: user) { close(home.session, at: home.process) }
        homeless.removeAll { $0 == user }
        changed([user] + friends, at: anyProcess())
    }

    func create(_ user: UserIndex) {
        model.users[user]!.isErased = false
        model.users[user]!.isSharing = true
        model.users[user]!.epoch += 1
        hiddenSince[[user]] = nil
        changed([user], at: anyProcess())
    }

    func changeFriendship() {
        let (a, b) = (anybody(), anybody())
        guard model.users[a]!.friends.contains(b) else { return befriend(a, b) }
        note(a, b) { $0.setFriends(a, b, false) }
        changed([a, b], at: anyProcess())
    }

    func befriend(_ a: UserIndex, _ b: UserIndex) {
        guard a != b, model.users[a]!.isErased == false, model.users[b]!.isErased == false,
            !model.users[a]!.friends.contains(b)
        else { return }
        note(a, b) { $0.setFriends(a, b, true) }
        changed([a, b], at: anyProcess())
    }

    func changeBlock() {
        let (a, b) = (anybody(), anybody())
        guard a != b, model.users[a]!.isErased == false, model.users[b]!.isErased == false else { return }
        let isBlocked = model.users[a]!.blocked.contains(b)
        note(a, b) { $0.setBlocked(a, b, !isBlocked) }
        changed([a, b], at: anyProcess())
    }

    private func anybody() -> UserIndex { people.randomElement(using: &random)! }

    /// Does something to who may see whom, and notes since when two may not.
    private func note(_ a: UserIndex, _ b: UserIndex, _ change: (inout FriendsModel) -> Void) {
        change(&model)
        let pair = [min(a, b), max(a, b)]
        hiddenSince[pair] = model.friends(of: a).contains(b) ? nil : hiddenSince[pair] ?? now
    }

    // MARK: The feed

    private func changed(_ users: [UserIndex], at acting: Int) {
        for index in processes.indices {
            for user in users {
                if index == acting {
                    follow(user, at: index)
                } else {
                    time.later(Self.longestFeed, of: index) { [self] in follow(user, at: index) }
                }
            }
        }
    }

    /// Brings what a process knows of a user to what the database says now.
    func follow(_ user: UserIndex, at index: Int) {
        let (process, known) = (processes[index], model.users[user]!)
        guard !known.isErased else {
            if !process.engine.users.isErased(user) { process.engine.erase(user, epoch: known.epoch) }
            return
        }
        process.engine.setSharing(user, known.isSharing, epoch: known.epoch)
        let allowed = Set(model.friends(of: user))
        for client in process.clients.values.sorted(by: { $0.session < $1.session }) where client.user == user {
            let friends = Set(process.shard.friends(of: client.session))
            for friend in friends.subtracting(allowed).sorted() {
                let kind: FrameItem.Kind = known.friends.contains(friend) ? .stopped : .unfriended
                process.engine.unfriend(user, friend, kind: kind)
            }
            for friend in allowed.subtracting(friends).sorted() { process.engine.befriend(user, friend) }
        }
    }

    /// Nobody is shown longer than the feed takes who may not be.
    func checkPermissions() {
        let late = now - Self.longestFeed - 20
        for process in processes {
            for client in process.clients.values {
                for shown in client.view.keys {
                    let pair = [min(shown, client.user), max(shown, client.user)]
                    if hiddenSince[pair] ?? .max < late { fault = "\(client.user) is shown \(shown), no friend" }
                    if hiddenSince[[shown]] ?? .max < late { fault = "\(client.user) is shown \(shown), who is hidden" }
                }
            }
        }
    }
}
