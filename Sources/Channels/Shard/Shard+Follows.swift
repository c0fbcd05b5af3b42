import Geo

/// Whom a session follows.
extension Shard {
    // MARK: From the client

    /// What is known of a friend that a session asks for.
    public enum Following: Sendable, Equatable {
        /// Followed now; `visible` is the state to be shown, `nil` if there is none.
        case following(visible: UserState?)
        /// The session has no such friend: the store has to be asked.
        case notFriend
    }

    /// The client asks to follow a friend whom it follows already or had unsubscribed from.
    public func resubscribe(_ session: UInt32, to friend: UserIndex, now: Int64) -> Following {
        if rarities[session]?.muted.contains(friend) == true {
            editRarities(session) { $0.muted.removeAll { $0 == friend } }
            append(session, friend, now: now)
        }
        guard let slot = slot(of: friend, in: session) else { return .notFriend }
        let channel = SessionView(sessions + Int(session))!.follows[slot].channel
        mark(Subscriber(session: session, slot: UInt16(slot), flags: 0), now: now)
        return .following(visible: visibleState(ofChannel: channel))
    }

    private func visibleState(ofChannel channel: UInt32) -> UserState? {
        let entry = channels[Int(channel)]
        guard entry.flags.contains(.visible) else { return nil }
        return UserState(
            coordinate: entry.coordinate, timestamp: entry.timestamp, heard: entry.heard, epoch: entry.epoch)
    }

    /// The client does not want to hear of a friend in this session any more; it is not told that the friend is gone.
    public func unsubscribe(_ session: UInt32, from friend: UserIndex) {
        guard let slot = slot(of: friend, in: session) else { return }
        remove(slot, of: session)
        editRarities(session) {
            $0.farewells.removeAll { $0.user == friend }
            $0.muted.append(friend)
        }
    }

    /// Whether `user` is a friend of the session's user, followed or not.
    public func isFriend(_ user: UserIndex, of session: UInt32) -> Bool {
        slot(of: user, in: session) != nil || rarities[session]?.muted.contains(user) == true
    }

    // MARK: From the stores

    /// A friendship began: every session of `user` on this shard follows `friend`.
    func befriend(_ user: UserIndex, _ friend: UserIndex, now: Int64) {
        forEachSession(of: user) { session in
            editRarities(session) { $0.removedWhileLoading.removeAll { $0 == friend } }
            follow(session, friend, now: now)
        }
    }

    /// A friendship ended, or a block hides the two from each other.
    func unfriend(_ user: UserIndex, _ friend: UserIndex, kind: FrameItem.Kind, now: Int64) {
        forEachSession(of: user) { session in
            if !sessions[Int(session)].flags.contains(.live) {
                editRarities(session) { $0.addRemovedWhileLoading(friend) }
            }
            unfollow(session, friend, kind: kind, now: now)
        }
    }

    /// Follows a friend of whom the stores said that it is one. Doing so twice does nothing.
    public func follow(_ session: UInt32, _ friend: UserIndex, now: Int64) {
        guard !isFriend(friend, of: session) else { return }
        append(session, friend, now: now)
    }

    private func unfollow(_ session: UInt32, _ friend: UserIndex, kind: FrameItem.Kind, now: Int64) {
        editRarities(session) { $0.muted.removeAll { $0 == friend } }
        guard let slot = slot(of: friend, in: session) else { return }
        let view = SessionView(sessions + Int(session))!
        let wasSent = view.isShown(slot) && view.follows[slot].flags & Follow.introduced != 0
        let wasShown = view.isShown(slot)
        remove(slot, of: session)
        if wasSent { editRarities(session) { $0.addFarewell(friend, kind) } }
        if wasShown { markDirty(session, now: now) }
    }

    private func forEachSession(of user: UserIndex, _ body: (UInt32) -> Void) {
        let channel = channelOfUser[user]
        guard channel != 0 else { return }
        var session = channels[Int(channel)].ownSessions
        while session != 0 {
            let next = sessions[Int(session)].nextOwn
            body(session)
            session = next
        }
    }

    // MARK: Slots

    func followed(by session: UInt32) -> [UserIndex] {
        guard let view = SessionView(sessions + Int(session)) else { return [] }
        return (0..<view.slotCount)
            .filter { view.follows[$0].flags & Follow.free == 0 }
            .map { channels[Int(view.follows[$0].channel)].user }
    }

    private func slot(of friend: UserIndex, in session: UInt32) -> Int? {
        let channel = channelOfUser[friend]
        guard channel != 0, let view = SessionView(sessions + Int(session)) else { return nil }
        return (0..<view.slotCount).first { view.follows[$0].channel == channel }
    }

    /// Adds a follow, whom the session must not have yet. A friend within the radius becomes dirty. Nobody follows
    /// itself, so a sender never gets its own updates.
    func append(_ session: UInt32, _ friend: UserIndex, now: Int64) {
        guard let channel = channel(for: friend, now: now), channel != sessions[Int(session)].channel else { return }
        let entry = sessions + Int(session)
        guard let slot = takeSlot(session) else { return releaseIfUnused(channel) }
        guard let back = addSubscriber(Subscriber(session: session, slot: UInt16(slot), flags: 0), to: channel)
        else { return giveSlot(slot, of: session) }
        let view = SessionView(entry)!
        view.clearBits(slot)
        view.follows[slot] = Follow(channel: channel, back: back, flags: 0)
        let distance = sessionPositions[Int(session)].chordSquared(to: channelPositions[Int(channel)])
        if distance <= sessionPositions[Int(session)].limit {
            mark(Subscriber(session: session, slot: UInt16(slot), flags: 0), now: now)
        }
    }

    private func remove(_ slot: Int, of session: UInt32) {
        let entry = sessions + Int(session)
        let view = SessionView(entry)!
        let follow = view.follows[slot]
        if view.isShown(slot) { entry.pointee.shownCount -= 1 }
        giveSlot(slot, of: session)
        removeSubscriber(at: follow.back, from: follow.channel)
        releaseIfUnused(follow.channel)
    }

    private func giveSlot(_ slot: Int, of session: UInt32) {
        let entry = sessions + Int(session)
        let view = SessionView(entry)!
        view.clearBits(slot)
        view.follows[slot] = Follow(channel: 0, back: entry.pointee.freeSlot, flags: Follow.free)
        entry.pointee.freeSlot = UInt16(slot) + 1
    }

    private func takeSlot(_ session: UInt32) -> Int? {
        let entry = sessions + Int(session)
        if entry.pointee.freeSlot != 0 {
            let slot = Int(entry.pointee.freeSlot) - 1
            entry.pointee.freeSlot = SessionView(entry)!.follows[slot].back
            return slot
        }
        let slot = Int(entry.pointee.slotCount)
        if slot == Int(entry.pointee.slotCapacity) {
            guard slot < EngineSettings.maximumFollows else { return nil }
            reserve(session, slots: min(max(4, slot * 2), EngineSettings.maximumFollows))
        }
        entry.pointee.slotCount += 1
        return slot
    }

    /// Makes room for at least `slots` follows.
    func reserve(_ session: UInt32, slots: Int) {
        let entry = sessions + Int(session)
        let capacity = min(slots, EngineSettings.maximumFollows)
        guard capacity > Int(entry.pointee.slotCapacity) else { return }
        let size = SessionView.blockSize(capacity: capacity)
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        block.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        let old = entry.pointee
        let oldView = SessionView(entry)
        let dirty = oldView.map { view in (0..<view.wordCount).map { view.dirty[$0] } } ?? []
        let inlineBits = UnsafeMutableRawPointer(entry) + SessionEntry.inlineDirtyOffset
        inlineBits.initializeMemory(as: UInt8.self, repeating: 0, count: SessionEntry.inlineDirtyBits / 8)
        let oldFollows = oldView?.follows
        let oldShown = oldView?.shown
        entry.pointee.block = block
        entry.pointee.slotCapacity = UInt16(capacity)
        let view = SessionView(entry)!
        for (word, bits) in dirty.enumerated() {
            view.dirty[word] = bits
            view.shown[word] = oldShown![word]
        }
        if let oldFollows { view.follows.update(from: oldFollows, count: Int(old.slotCount)) }
        old.block?.deallocate()
    }
}
