internal import Logging
internal import NIOCore

/// Changes of the ring.
extension BusCore {
    func change(to ring: BusRing, overlap: TimeAmount) {
        guard phase == .new || phase == .running else { return }
        do throws(BusError) { try ring.check(settings) } catch {
            identity.logger.error("a ring is refused", metadata: ["reason": "\(error)"])
            return
        }
        guard history.change(to: ring, until: loop.now + overlap, number: number(of:)) else { return }
        tellServers()
        // What waits for a server that is down goes to whoever has its channels now.
        for place in places.values where !place.isPipeUp { reroute(place) }
        expireLater()
        moveAll()
    }

    /// Puts what waits for a server to all that have the channels now.
    func reroute(_ place: ServerPlace) {
        for (channel, value) in place.pipe.takeAll() {
            history.forEachHome(of: channel) { number in
                // Something newer may wait there.
                places[number]?.pipe.putBack(value, for: channel)
                if number != place.number { places[number]?.pipe.pump() }
            }
        }
    }

    /// Looks at every channel, a slice at a time: the loop has other things to do as well.
    private func moveAll() {
        let isMoving = moving != nil
        moving = 0
        if !isMoving { moveSlice() }
    }

    private func moveSlice() {
        guard let start = moving, phase != .stopped else { return }
        let end = min(start + Self.moveSlice, table.slotCount)
        for slot in start..<max(end, start) { table.moveSlot(slot) { history.homes(of: $0) } }
        paceSoon()
        tell()
        guard end < table.slotCount else {
            moving = nil
            return tidyLater()
        }
        moving = end
        loop.assumeIsolated().execute { [self] in moveSlice() }
    }

    private func expireLater() {
        expiry?.cancel()
        guard let next = history.nextExpiry else { return }
        expiry = loop.assumeIsolated().scheduleTask(deadline: next) { [self] in
            if history.expire(now: loop.now) { moveAll() }
            expireLater()
        }
    }

    // MARK: Servers that are needed no more

    func tidyLater() {
        guard tidying == nil, phase == .running else { return }
        tidying = loop.assumeIsolated().scheduleTask(in: Self.tidyInterval) { [self] in
            tidying = nil
            tidy()
        }
    }

    private func tidy() {
        guard moving == nil else { return tidyLater() }
        let needed = history.numbers
        let surplus = places.values.filter { !needed.contains($0.number) }
        for place in surplus where (table.queues[place.number]?.homes ?? 0) == 0 { close(place) }
        if surplus.contains(where: { places[$0.number] != nil }) { tidyLater() }
    }

    private func close(_ place: ServerPlace) {
        reroute(place)
        formerCounters.add(place)
        places[place.number] = nil
        table.forgetServer(place.number)
        place.stop()
        tellServers()
    }
}
