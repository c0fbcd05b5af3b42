import Geo

/// When a session is flushed, and what a frame then says.
extension Shard {
    // MARK: When

    /// Makes a session due: at the end of this tick, or when its minimum interval has passed.
    func schedule(_ session: UInt32, now: Int64) {
        let entry = sessions + Int(session)
        let flags = entry.pointee.flags
        guard flags.contains(.live), flags.isDisjoint(with: [.ready, .delayed, .blocked, .closed]) else { return }
        let due = entry.pointee.flushedAt + settings.minimumIntervalMilliseconds
        if due <= now {
            enqueueReady(session)
        } else {
            entry.pointee.flags.insert(.delayed)
            delayed.insert(session, due: due, now: now, entries: sessions)
        }
    }

    func enqueueReady(_ session: UInt32) {
        sessions[Int(session)].flags.insert(.ready)
        ready.append(session)
    }

    /// Asks for a frame of a session for reasons of the edge, at the end of this tick, whatever the
    /// minimum interval of friends' changes.
    public func wake(_ session: UInt32) {
        let entry = sessions + Int(session)
        entry.pointee.flags.insert(.woken)
        let flags = entry.pointee.flags
        guard flags.contains(.live), flags.isDisjoint(with: [.ready, .blocked, .closed]) else { return }
        enqueueReady(session)
    }

    /// The connection takes frames again.
    public func unblock(_ session: UInt32, now: Int64) {
        let entry = sessions + Int(session)
        entry.pointee.flags.remove(.blocked)
        if entry.pointee.flags.contains(.woken) {
            wake(session)
        } else if entry.pointee.flags.contains(.dirty) {
            schedule(session, now: now)
        }
    }

    /// Looks anew at the sessions whose delay is over: a frame that the edge asked for may have gone out
    /// meanwhile and begun another interval.
    func endDelays(now: Int64) {
        delayed.due(at: now, entries: sessions, into: &undelayed)
        for session in undelayed {
            sessions[Int(session)].flags.remove(.delayed)
            if sessions[Int(session)].flags.contains(.closed) {
                freeIfUnheld(session)
            } else if sessions[Int(session)].flags.contains(.dirty) {
                schedule(session, now: now)
            }
        }
        undelayed.removeAll(keepingCapacity: true)
    }

    /// Flushes whoever is ready. Sessions that become ready meanwhile wait for the next tick.
    func flushReady(now: Int64) {
        guard !ready.isEmpty else { return }
        let sink = sink
        var batch: ContiguousArray<UInt32> = []
        swap(&batch, &ready)
        for session in batch {
            sessions[Int(session)].flags.remove(.ready)
            if sessions[Int(session)].flags.contains(.closed) {
                freeIfUnheld(session)
            } else if sessions[Int(session)].flags.isDisjoint(with: .blocked) {
                flush(session, to: sink, now: now)
            }
        }
        if ready.isEmpty {
            batch.removeAll(keepingCapacity: true)
            swap(&batch, &ready)
        }
    }

    // MARK: What

    private func flush(_ session: UInt32, to sink: (any FrameSink)?, now: Int64) {
        let entry = sessions + Int(session)
        let isWoken = entry.pointee.flags.contains(.woken)
        entry.pointee.flags.subtract([.woken, .dirty])
        items.removeAll(keepingCapacity: true)
        collectDirty(session)
        let shown = items.count
        if !goneItems.isEmpty { moveGoneBehindShown() }
        if entry.pointee.flags.contains(.rare) { collectFarewells(session) }
        let total = entry.pointee.shownCount
        let hasNewTotal = total != entry.pointee.reportedTotal
        guard !items.isEmpty || hasNewTotal || isWoken else { return }
        entry.pointee.reportedTotal = total
        if !items.isEmpty || hasNewTotal { entry.pointee.flushedAt = now }
        counters.frames += 1
        counters.deliveries += UInt64(shown)
        counters.departures += UInt64(items.count - shown)
        deliver(hasNewTotal ? Int(total) : nil, to: session, of: sink)
    }

    /// Hands the items over. The sink may close any session meanwhile, this one too.
    private func deliver(_ total: Int?, to session: UInt32, of sink: (any FrameSink)?) {
        let entry = sessions + Int(session)
        entry.pointee.flags.insert(.delivering)
        let takesMore = items.withUnsafeBufferPointer {
            sink?.deliver(to: session, items: $0, total: total) ?? true
        }
        entry.pointee.flags.remove(.delivering)
        if !takesMore { entry.pointee.flags.insert(.blocked) }
        freeIfUnheld(session)
    }

    /// Decides anew about every dirty follow.
    private func collectDirty(_ session: UInt32) {
        guard let view = SessionView(sessions + Int(session)) else { return }
        let receiver = sessionPositions[Int(session)]
        for word in 0..<view.wordCount {
            var bits = view.dirty[word]
            view.dirty[word] = 0
            while bits != 0 {
                let slot = word << 6 + bits.trailingZeroBitCount
                bits &= bits - 1
                let channel = view.follows[slot].channel
                let distance = receiver.chordSquared(to: channelPositions[Int(channel)])
                if distance <= receiver.limit {
                    show(slot, of: view, chordSquared: distance)
                } else if view.isShown(slot) {
                    hide(slot, of: view)
                }
            }
        }
    }

    @inline(__always)
    private func show(_ slot: Int, of view: SessionView, chordSquared: Double) {
        let follow = view.follows + slot
        setShown(slot, of: view)
        let isNew = follow.pointee.flags & Follow.introduced == 0
        follow.pointee.flags |= Follow.introduced
        let channel = follow.pointee.channel
        items.append(
            FrameItem(
                channel: channel, user: channels[Int(channel)].user,
                centimetres: Self.centimetres(chordSquared: chordSquared), kind: isNew ? .introduced : .shown))
    }

    @inline(__always)
    func setShown(_ slot: Int, of view: SessionView) {
        guard !view.isShown(slot) else { return }
        view.shown[slot >> 6] |= 1 << UInt64(slot & 63)
        view.entry.pointee.shownCount += 1
        let follow = view.follows[slot]
        channels[Int(follow.channel)].subscribers![Int(follow.back)].flags |= Subscriber.shown
    }

    /// The client is not told if it never had an entry of this friend.
    private func hide(_ slot: Int, of view: SessionView) {
        view.shown[slot >> 6] &= ~(1 << UInt64(slot & 63))
        view.entry.pointee.shownCount -= 1
        let follow = view.follows[slot]
        let channel = channels + Int(follow.channel)
        channel.pointee.subscribers![Int(follow.back)].flags &= ~Subscriber.shown
        guard follow.flags & Follow.introduced != 0 else { return }
        let flags = channel.pointee.flags
        let kind: FrameItem.Kind =
            flags.contains(.visible) ? .outOfRange : flags.contains(.sharing) ? .inactive : .stopped
        goneItems.append(
            FrameItem(channel: follow.channel, user: channel.pointee.user, centimetres: 0, kind: kind))
    }

    private func moveGoneBehindShown() {
        items.append(contentsOf: goneItems)
        goneItems.removeAll(keepingCapacity: true)
    }

    /// Adds those who are followed no more, unless they are followed again and in this very frame.
    private func collectFarewells(_ session: UInt32) {
        guard let farewells = rarities[session]?.farewells, !farewells.isEmpty else { return }
        editRarities(session) { $0.farewells = [] }
        let shown = Set(items.lazy.filter { !$0.kind.isGone }.map(\.user))
        for farewell in farewells where !shown.contains(farewell.user) {
            items.append(FrameItem(channel: 0, user: farewell.user, centimetres: 0, kind: farewell.kind))
        }
    }

    static func centimetres(chordSquared: Double) -> UInt32 {
        UInt32((Earth.metres(chordSquared: chordSquared) * 100).rounded())
    }
}
