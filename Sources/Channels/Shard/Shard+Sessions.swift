public import Geo

/// The life of a session: begin, (load the friends), install, welcome, …, close.
extension Shard {
    /// Registers a session before its friends are loaded, so that no change of a friendship falls between the
    /// loading and ``install(_:friends:now:)``.
    ///
    /// - Returns: the session's index, or `nil` when the shard is full.
    public func begin(_ user: UserIndex, radius: Radius, now: Int64) -> UInt32? {
        guard let channel = channel(for: user, now: now) else { return nil }
        guard let session = sessionSlab.take(SessionEntry(channel: channel)) else {
            releaseIfUnused(channel)
            return nil
        }
        sessionPositions[Int(session)] = SessionPosition(
            x: 0, y: 0, z: 0, limit: Earth.chordSquared(metres: radius.metres))
        sessions[Int(session)].nextOwn = channels[Int(channel)].ownSessions
        channels[Int(channel)].ownSessions = session
        return session
    }

    /// Follows the friends that were loaded, together with the changes that came meanwhile.
    ///
    /// - Parameter friends: distinct, at most ``EngineSettings/maximumFollows``.
    public func install(_ session: UInt32, friends: [UserIndex], now: Int64) {
        let removed = Set(rarities[session]?.removedWhileLoading ?? [])
        editRarities(session) { $0.removedWhileLoading = [] }
        let already = Set(followed(by: session))
        reserve(session, slots: friends.count + already.count)
        for friend in friends where !removed.contains(friend) && !already.contains(friend) {
            append(session, friend, now: now)
        }
        adoptOwnPosition(session)
    }

    /// Puts the session where its user's newest known position is.
    private func adoptOwnPosition(_ session: UInt32) {
        let own = sessions[Int(session)].channel
        guard channels[Int(own)].flags.contains(.located) else { return }
        let vector = vector(ofChannel: own)
        sessionPositions[Int(session)].x = vector.x
        sessionPositions[Int(session)].y = vector.y
        sessionPositions[Int(session)].z = vector.z
    }

    /// What the welcome says: decides about every friend as of `now`, and picks the nearest.
    ///
    /// From here on frames may follow.
    public func welcome(_ session: UInt32, now: Int64) -> FriendsPage {
        expire(now: now)
        let entry = sessions + Int(session)
        if entry.pointee.flags.contains(.rare) { editRarities(session) { $0.removedWhileLoading = [] } }
        if let view = SessionView(entry) {
            for slot in 0..<view.slotCount where isInside(session, view.follows[slot].channel) {
                setShown(slot, of: view)
            }
            for word in 0..<view.wordCount { view.dirty[word] = 0 }
        }
        entry.pointee.flags.remove(.dirty)
        entry.pointee.flags.insert(.live)
        entry.pointee.reportedTotal = entry.pointee.shownCount
        if entry.pointee.flags.contains(.woken) { wake(session) }
        return nextPage(session)
    }

    /// The nearest friends within the radius that were not yet sent to this session.
    public func nextPage(_ session: UInt32) -> FriendsPage {
        let entry = sessions + Int(session)
        guard let view = SessionView(entry) else { return FriendsPage(items: [], hasMore: false, total: 0) }
        var candidates: [(distance: Double, slot: Int)] = []
        for slot in 0..<view.slotCount where view.follows[slot].flags & (Follow.introduced | Follow.free) == 0 {
            let distance = sessionPositions[Int(session)].chordSquared(
                to: channelPositions[Int(view.follows[slot].channel)])
            if distance <= sessionPositions[Int(session)].limit { candidates.append((distance, slot)) }
        }
        candidates.sort { a, b in
            a.distance != b.distance
                ? a.distance < b.distance : id(at: a.slot, of: view) < id(at: b.slot, of: view)
        }
        let items = candidates.prefix(EngineSettings.pageSize).map { candidate in
            introduce(candidate.slot, of: view, to: session, chordSquared: candidate.distance)
        }
        tally.deliveries += UInt64(items.count)
        return FriendsPage(
            items: items, hasMore: candidates.count > items.count, total: Int(entry.pointee.shownCount))
    }

    private func id(at slot: Int, of view: SessionView) -> UserID {
        users.id(of: channels[Int(view.follows[slot].channel)].user)
    }

    private func introduce(
        _ slot: Int, of view: SessionView, to session: UInt32, chordSquared: Double
    ) -> FrameItem {
        setShown(slot, of: view)
        view.follows[slot].flags |= Follow.introduced
        view.dirty[slot >> 6] &= ~(1 << UInt64(slot & 63))
        let channel = view.follows[slot].channel
        let user = channels[Int(channel)].user
        if view.entry.pointee.flags.contains(.rare) { takeBackFarewell(of: user, from: session) }
        return FrameItem(
            channel: channel, user: user, centimetres: Self.centimetres(chordSquared: chordSquared),
            kind: .introduced)
    }

    /// The client has an entry again of someone whose leaving it was not told yet.
    private func takeBackFarewell(of user: UserIndex, from session: UInt32) {
        guard rarities[session]?.farewells.contains(where: { $0.user == user }) == true else { return }
        editRarities(session) { $0.farewells.removeAll { $0.user == user } }
    }

    private func isInside(_ session: UInt32, _ channel: UInt32) -> Bool {
        sessionPositions[Int(session)].chordSquared(to: channelPositions[Int(channel)])
            <= sessionPositions[Int(session)].limit
    }

    /// Sets how far the session looks; what enters and leaves by it becomes dirty.
    public func setRadius(_ session: UInt32, _ radius: Radius, now: Int64) {
        sessionPositions[Int(session)].limit = Earth.chordSquared(metres: radius.metres)
        reevaluate(session, now: now)
    }

    /// Ends a session. Its user stays in the friends' lists until the inactivity time has passed.
    public func close(_ session: UInt32) {
        let entry = sessions + Int(session)
        unlinkOwn(session)
        if let view = SessionView(entry) {
            for slot in 0..<view.slotCount where view.follows[slot].flags & Follow.free == 0 {
                removeSubscriber(at: view.follows[slot].back, from: view.follows[slot].channel)
                releaseIfUnused(view.follows[slot].channel)
            }
        }
        entry.pointee.block?.deallocate()
        entry.pointee.block = nil
        entry.pointee.slotCount = 0
        rarities[session] = nil
        releaseIfUnused(entry.pointee.channel)
        entry.pointee.flags.insert(.closed)
        freeIfUnheld(session)
    }

    private func unlinkOwn(_ session: UInt32) {
        let channel = channels + Int(sessions[Int(session)].channel)
        if channel.pointee.ownSessions == session {
            channel.pointee.ownSessions = sessions[Int(session)].nextOwn
            return
        }
        var previous = channel.pointee.ownSessions
        while previous != 0 {
            if sessions[Int(previous)].nextOwn == session {
                sessions[Int(previous)].nextOwn = sessions[Int(session)].nextOwn
                return
            }
            previous = sessions[Int(previous)].nextOwn
        }
    }

    /// Gives a closed session's index back once nobody holds it.
    @inline(__always)
    func freeIfUnheld(_ session: UInt32) {
        let flags = sessions[Int(session)].flags
        if flags.contains(.closed), flags.isDisjoint(with: .held) { sessionSlab.give(session) }
    }

    func editRarities(_ session: UInt32, _ edit: (inout SessionRarities) -> Void) {
        var value = rarities[session] ?? SessionRarities()
        edit(&value)
        if value.isEmpty {
            rarities[session] = nil
            sessions[Int(session)].flags.remove(.rare)
        } else {
            rarities[session] = value
            sessions[Int(session)].flags.insert(.rare)
        }
    }
}
