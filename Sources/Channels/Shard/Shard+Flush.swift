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
        guard ready.count > 0 else { return }
        let sink = sink
        ready.move(to: flushing)
        for place in 0..<flushing.count {
            if place % Self.warmedTogether == 0 { warm(from: place) }
            let session = flushing[place]
            sessions[Int(session)].flags.remove(.ready)
            if sessions[Int(session)].flags.contains(.closed) {
                freeIfUnheld(session)
            } else if sessions[Int(session)].flags.isDisjoint(with: .blocked) {
                flush(session, to: sink, now: now)
            }
        }
        flushing.removeAll()
    }

    // MARK: What

    private func flush(_ session: UInt32, to sink: (any FrameSink)?, now: Int64) {
        let entry = sessions + Int(session)
        let flags = entry.pointee.flags
        entry.pointee.flags.subtract([.woken, .dirty])
        collectDirty(session)
        let farewells = flags.contains(.rare) ? takeFarewells(from: session) : []
        let total = entry.pointee.shownCount
        let hasNewTotal = total != entry.pointee.reportedTotal
        let hasNews = !items.isEmpty || !farewells.isEmpty || hasNewTotal
        guard hasNews || flags.contains(.woken) else { return }
        entry.pointee.reportedTotal = total
        if hasNews { entry.pointee.flushedAt = now }
        tally.frames += 1
        tally.deliveries += UInt64(items.shownCount)
        tally.departures += UInt64(items.goneCount + farewells.count)
        deliver(farewells, total: hasNewTotal ? Int(total) : nil, to: session, of: sink)
    }

    /// Hands the items over. The sink may close any session meanwhile, this one too.
    private func deliver(_ farewells: [FrameItem], total: Int?, to session: UInt32, of sink: (any FrameSink)?) {
        let entry = sessions + Int(session)
        entry.pointee.flags.insert(.delivering)
        let collected = items.take()
        let takesMore =
            if farewells.isEmpty {
                sink?.deliver(to: session, items: collected, total: total) ?? true
            } else {
                (collected + farewells).withUnsafeBufferPointer {
                    sink?.deliver(to: session, items: $0, total: total) ?? true
                }
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
            guard bits != 0 else { continue }
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
        if isNew { follow.pointee.flags |= Follow.introduced }
        let channel = follow.pointee.channel
        items.addShown(
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
        items.addGone(
            FrameItem(channel: follow.channel, user: channel.pointee.user, centimetres: 0, kind: kind))
    }

    /// Those who are followed no more, unless they are followed again and in this very frame.
    private func takeFarewells(from session: UInt32) -> [FrameItem] {
        guard let farewells = rarities[session]?.farewells, !farewells.isEmpty else { return [] }
        editRarities(session) { $0.farewells = [] }
        let shown = Set(items.shown.map(\.user))
        return farewells.filter { !shown.contains($0.user) }.map {
            FrameItem(channel: 0, user: $0.user, centimetres: 0, kind: $0.kind)
        }
    }

    /// The great-circle distance that belongs to a chord of at most ``Radius/maximumMetres``: the arc sine as a
    /// series, whose next term is below the precision of a `Double` there.
    @inline(__always)
    static func centimetres(chordSquared: Double) -> UInt32 {
        let half = chordSquared / 4
        let stretch = 1 + half * (1.0 / 6 + half * (3.0 / 40))
        return UInt32(truncatingIfNeeded: Int64(chordSquared.squareRoot() * stretch * centimetresPerRadius + 0.5))
    }

    private static let centimetresPerRadius = Earth.meanRadius * 100
}
