import Geo

/// The life of a channel: made with the first interest, freed after the last.
extension Shard {
    /// The user's channel; made, with the process's newest state, if there is none. `nil` when the slab is full.
    func channel(for user: UserIndex, now: Int64) -> UInt32? {
        let existing = channelOfUser[user]
        if existing != 0 {
            if channels[Int(existing)].flags.contains(.released) { revive(existing, now: now) }
            return existing
        }
        guard let channel = channelSlab.take(ChannelEntry(user: user)) else { return nil }
        channelPositions[Int(channel)] = .nowhere
        channelOfUser[user] = channel
        load(channel, now: now)
        return channel
    }

    /// Interest first, state second, so that no publication falls between.
    private func load(_ channel: UInt32, now: Int64) {
        let user = channels[Int(channel)].user
        users.addInterest(in: user, shard: index)
        tellBus(.interest(in: user))
        take(users.read(user), into: channel, now: now)
    }

    private func revive(_ channel: UInt32, now: Int64) {
        channels[Int(channel)].flags.remove(.released)
        load(channel, now: now)
    }

    /// Replaces a channel's state. Subscribers are marked by the caller.
    func take(_ state: UserState, into channel: UInt32, now: Int64) {
        let entry = channels + Int(channel)
        entry.pointee.timestamp = state.timestamp
        entry.pointee.heard = state.heard
        entry.pointee.coordinate = state.coordinate
        entry.pointee.epoch = state.epoch
        entry.pointee.version = takeVersion()
        var flags = entry.pointee.flags.intersection([.inWheel, .released])
        if state.flags.contains(.sharing) { flags.insert(.sharing) }
        if state.flags.contains(.located) { flags.insert(.located) }
        entry.pointee.flags = flags
        guard state.isVisible(at: now, inactivity: settings.inactivityMilliseconds) else {
            channelPositions[Int(channel)] = .nowhere
            return
        }
        entry.pointee.flags.insert(.visible)
        channelPositions[Int(channel)] = ChannelPosition(state.coordinate.unitVector)
        if !flags.contains(.inWheel) {
            let deadline = state.heard + settings.inactivityMilliseconds
            wheel.insert(channel, deadline: deadline, now: now, entries: channels)
        }
    }

    /// Never 0, so that an edge can let 0 stand for "nothing encoded". Comes round again after 4 billion states.
    private func takeVersion() -> UInt32 {
        lastVersion = lastVersion == .max ? 1 : lastVersion + 1
        return lastVersion
    }

    /// Frees a channel in which nobody is interested any more.
    func releaseIfUnused(_ channel: UInt32) {
        let entry = channels + Int(channel)
        guard entry.pointee.subscriberCount == 0, entry.pointee.ownSessions == 0 else { return }
        users.removeInterest(in: entry.pointee.user, shard: index)
        tellBus(.interest(in: entry.pointee.user))
        entry.pointee.subscribers?.deallocate()
        entry.pointee.subscribers = nil
        entry.pointee.subscriberCapacity = 0
        if entry.pointee.flags.contains(.inWheel) {
            entry.pointee.flags.insert(.released)
        } else {
            free(channel)
        }
    }

    private func free(_ channel: UInt32) {
        let entry = channels + Int(channel)
        channelOfUser[entry.pointee.user] = 0
        channelPositions[Int(channel)] = .nowhere
        channelSlab.give(channel)
    }

    /// Everyone who was silent for the inactivity time leaves the lists.
    func expire(now: Int64) {
        for channel in wheel.due(at: now, entries: channels) {
            let entry = channels + Int(channel)
            if entry.pointee.flags.contains(.released) {
                free(channel)
                continue
            }
            guard entry.pointee.flags.contains(.visible) else { continue }
            let deadline = entry.pointee.heard + settings.inactivityMilliseconds
            if deadline > now {
                wheel.insert(channel, deadline: deadline, now: now, entries: channels)
            } else {
                entry.pointee.flags.remove(.visible)
                channelPositions[Int(channel)] = .nowhere
                tally.expired += 1
                markShown(channel, now: now)
            }
        }
    }

    // MARK: Subscribers

    /// Adds a subscriber and returns its place; `nil` when the channel has as many as it can.
    func addSubscriber(_ subscriber: Subscriber, to channel: UInt32) -> UInt16? {
        let entry = channels + Int(channel)
        let count = entry.pointee.subscriberCount
        if count == entry.pointee.subscriberCapacity {
            guard count < .max else { return nil }
            growSubscribers(entry)
        }
        entry.pointee.subscribers![Int(count)] = subscriber
        entry.pointee.subscriberCount = count + 1
        return count
    }

    private func growSubscribers(_ entry: UnsafeMutablePointer<ChannelEntry>) {
        let count = Int(entry.pointee.subscriberCount)
        let capacity = min(max(4, count * 2), Int(UInt16.max))
        let grown = UnsafeMutablePointer<Subscriber>.allocate(capacity: capacity)
        if let old = entry.pointee.subscribers {
            grown.initialize(from: old, count: count)
            old.deallocate()
        }
        entry.pointee.subscribers = grown
        entry.pointee.subscriberCapacity = UInt16(capacity)
    }

    /// Removes the subscriber at `place`; the last one takes its place.
    func removeSubscriber(at place: UInt16, from channel: UInt32) {
        let entry = channels + Int(channel)
        let last = entry.pointee.subscriberCount - 1
        entry.pointee.subscriberCount = last
        guard place != last, let subscribers = entry.pointee.subscribers else { return }
        let moved = subscribers[Int(last)]
        subscribers[Int(place)] = moved
        SessionView(sessions + Int(moved.session))!.follows[Int(moved.slot)].back = place
    }

    func releaseAllMemory() {
        for channel in 1..<channelSlab.limit { channels[Int(channel)].subscribers?.deallocate() }
        for session in 1..<sessionSlab.limit { sessions[Int(session)].block?.deallocate() }
    }
}
