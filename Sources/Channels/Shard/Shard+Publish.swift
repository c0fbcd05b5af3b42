public import Geo

/// The way of an update through a shard.
extension Shard {
    /// A location from one of this shard's sessions: the only way in.
    ///
    /// It is ignored, and is no activity, unless its `timestamp` is newer than the user's last accepted one.
    /// - Parameter timestamp: the sender's time, milliseconds since the Unix epoch.
    /// - Returns: the accepted state, or `nil` if it was ignored.
    @discardableResult
    public func publish(_ session: UInt32, _ coordinate: Coordinate, timestamp: Int64, now: Int64) -> UserState? {
        let user = channels[Int(sessions[Int(session)].channel)].user
        guard let state = users.accept(user, coordinate, timestamp: timestamp, heard: now) else {
            tally.stale += 1
            return nil
        }
        tally.published += 1
        spread(state, of: user, now: now)
        return state
    }

    /// Gives a state that is in the user table to every shard that is interested, this one first.
    public func spread(_ state: UserState, of user: UserIndex, now: Int64) {
        let interest = users.interest(in: user)
        if interest & (1 << UInt64(index)) != 0 { apply(state, of: user, now: now) }
        var others = interest & ~(1 << UInt64(index))
        while others != 0 {
            outbox.append(Record(state, of: user), to: others.trailingZeroBitCount)
            others &= others - 1
        }
        tellBus(Record(state, of: user))
    }

    /// Takes a state if it is newer than the channel's, marks who has to be told, and moves the user's own
    /// sessions. Doubles and states out of order do nothing.
    func apply(_ state: UserState, of user: UserIndex, now: Int64) {
        let channel = channelOfUser[user]
        guard channel != 0 else { return }
        let entry = channels + Int(channel)
        guard state.isNewer(thanEpoch: entry.pointee.epoch, timestamp: entry.pointee.timestamp),
            !entry.pointee.flags.contains(.released)
        else { return }
        tally.applied += 1
        take(state, into: channel, now: now)
        if entry.pointee.flags.contains(.visible) {
            markShownOrInside(channel, now: now)
        } else {
            markShown(channel, now: now)
        }
        if entry.pointee.ownSessions != 0, state.flags.contains(.located) {
            moveOwnSessions(of: channel, now: now)
        }
    }

    private func moveOwnSessions(of channel: UInt32, now: Int64) {
        let vector = vector(ofChannel: channel)
        var session = channels[Int(channel)].ownSessions
        while session != 0 {
            move(session, to: vector, now: now)
            session = sessions[Int(session)].nextOwn
        }
    }

    /// Where a located user is, shown to others or not.
    func vector(ofChannel channel: UInt32) -> UnitVector {
        let entry = channels + Int(channel)
        guard entry.pointee.flags.contains(.visible) else { return entry.pointee.coordinate.unitVector }
        let position = channelPositions[Int(channel)]
        return UnitVector(x: position.x, y: position.y, z: position.z)
    }

    /// The receiver's own move: whoever enters or leaves the radius by it becomes dirty.
    private func move(_ session: UInt32, to vector: UnitVector, now: Int64) {
        sessionPositions[Int(session)].x = vector.x
        sessionPositions[Int(session)].y = vector.y
        sessionPositions[Int(session)].z = vector.z
        reevaluate(session, now: now)
    }

    func reevaluate(_ session: UInt32, now: Int64) {
        guard let view = SessionView(sessions + Int(session)) else { return }
        let receiver = sessionPositions[Int(session)]
        let positions = channelPositions
        let count = view.slotCount
        var changed = false
        for word in 0..<view.wordCount {
            let first = word << 6
            let last = min(count, first + 64)
            var inside: UInt64 = 0
            for slot in first..<last {
                let distance = receiver.chordSquared(to: positions[Int(view.follows[slot].channel)])
                inside |= (distance <= receiver.limit ? 1 : 0) << UInt64(slot & 63)
            }
            let difference = inside ^ view.shown[word]
            view.dirty[word] |= difference
            changed = changed || difference != 0
        }
        if changed { markDirty(session, now: now) }
    }

    // MARK: Marks

    /// Marks every subscriber that shows the channel's user.
    func markShown(_ channel: UInt32, now: Int64) {
        let entry = channels + Int(channel)
        guard let subscribers = entry.pointee.subscribers else { return }
        for i in 0..<Int(entry.pointee.subscriberCount) where subscribers[i].flags & Subscriber.shown != 0 {
            mark(subscribers[i], now: now)
        }
    }

    /// Marks every subscriber that shows the channel's user or is near enough to: a word of bits at a time, since
    /// looking at many positions in a short loop lets the processor fetch many of them together.
    private func markShownOrInside(_ channel: UInt32, now: Int64) {
        let entry = channels + Int(channel)
        guard let subscribers = entry.pointee.subscribers else { return }
        let position = channelPositions[Int(channel)]
        let count = Int(entry.pointee.subscriberCount)
        for first in stride(from: 0, to: count, by: UInt64.bitWidth) {
            let group = UnsafeBufferPointer(start: subscribers + first, count: min(count - first, UInt64.bitWidth))
            var concerned = concerned(group, at: position)
            while concerned != 0 {
                mark(group[concerned.trailingZeroBitCount], now: now)
                concerned &= concerned - 1
            }
        }
    }

    /// Who of a group shows someone who is now at `position`, or is near enough to: one bit each.
    @inline(__always)
    private func concerned(_ group: UnsafeBufferPointer<Subscriber>, at position: ChannelPosition) -> UInt64 {
        let receivers = sessionPositions
        var concerned: UInt64 = 0
        for i in 0..<group.count {
            let receiver = receivers + Int(group[i].session)
            let isInside = receiver.pointee.chordSquared(to: position) <= receiver.pointee.limit
            let isShown = group[i].flags & Subscriber.shown != 0
            concerned |= (isInside || isShown ? 1 : 0) << UInt64(i)
        }
        return concerned
    }

    @inline(__always)
    func mark(_ subscriber: Subscriber, now: Int64) {
        let entry = sessions + Int(subscriber.session)
        let slot = Int(subscriber.slot)
        let dirty: UnsafeMutablePointer<UInt64>
        if Int(entry.pointee.slotCapacity) <= SessionEntry.inlineDirtyBits {
            dirty = (UnsafeMutableRawPointer(entry) + SessionEntry.inlineDirtyOffset)
                .assumingMemoryBound(to: UInt64.self)
        } else {
            dirty = SessionView(entry)!.dirty
        }
        dirty[slot >> 6] |= 1 << UInt64(slot & 63)
        markDirty(subscriber.session, now: now)
    }

    @inline(__always)
    func markDirty(_ session: UInt32, now: Int64) {
        let entry = sessions + Int(session)
        entry.pointee.flags.insert(.dirty)
        if entry.pointee.flags.isDisjoint(with: [.ready, .delayed, .blocked]) { schedule(session, now: now) }
    }
}
