import Channels

/// What changes between people, whoever of them has a session.
extension FriendsWorld {
    func changeFriendship(of a: UserIndex) {
        let b = people.filter { $0 != a }.randomElement(using: &random)!
        guard !model.users[a]!.isErased, !model.users[b]!.isErased else { return }
        if model.users[a]!.friends.contains(b) {
            model.setFriends(a, b, false)
            hide(a, b, kind: .unfriended)
        } else {
            model.setFriends(a, b, true)
            show(a, b)
        }
    }

    func changeBlock(of a: UserIndex) {
        let b = people.filter { $0 != a }.randomElement(using: &random)!
        if model.users[a]!.blocked.contains(b) {
            model.setBlocked(a, b, false)
            show(a, b)
        } else {
            model.setBlocked(a, b, true)
            hide(a, b, kind: .stopped)
        }
    }

    private func show(_ a: UserIndex, _ b: UserIndex) {
        guard model.users[a]!.friends.contains(b), !model.users[a]!.blocked.contains(b) else { return }
        engine.befriend(a, b)
    }

    private func hide(_ a: UserIndex, _ b: UserIndex, kind: FrameItem.Kind) {
        engine.unfriend(a, b, kind: kind)
        for client in clients where client.user == a { client.muted.remove(b) }
        for client in clients where client.user == b { client.muted.remove(a) }
    }

    func changeSharing() {
        let user = people.randomElement(using: &random)!
        guard !model.users[user]!.isErased else { return }
        setSharing(user, !model.users[user]!.isSharing)
    }

    private func setSharing(_ user: UserIndex, _ isSharing: Bool) {
        model.users[user]!.isSharing = isSharing
        model.users[user]!.epoch += 1
        for client in clients { client.mayRepeat.insert(user) }
        let state = engine.setSharing(user, isSharing, epoch: model.users[user]!.epoch)
        oldRecords.append(Record(state!, of: user))
    }

    /// Erases someone, or creates someone again who was.
    func eraseOrCreate() {
        let user = people.randomElement(using: &random)!
        if model.users[user]!.isErased {
            model.users[user]!.isErased = false
            setSharing(user, true)
            return
        }
        for client in clients where client.user == user { close(client) }
        for friend in model.users[user]!.friends.sorted() { hide(user, friend, kind: .stopped) }
        model.erase(user)
        engine.erase(user, epoch: model.users[user]!.epoch)
    }
}
