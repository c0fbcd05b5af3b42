internal import Logging
internal import NIOCore

/// Changes of the cache's ring.
extension CacheCore {
    func change(to ring: BusRing, overlap: TimeAmount) {
        guard phase == .new || phase == .running else { return }
        do throws(BusError) { try ring.check(settings) } catch {
            logger.error("a ring is refused", metadata: ["reason": "\(error)"])
            return
        }
        guard history.change(to: ring, until: loop.now + overlap, number: number(of:)) else { return }
        for place in places.values where !place.isUp { reroute(place) }
        closeSurplus()
        tellServers()
        expireLater()
    }

    /// Puts what waits for a server to all that have the users now.
    func reroute(_ place: CachePlace) {
        for (user, entry) in place.pipe.takeAll() {
            history.forEachHome(of: user) { number in
                places[number]?.pipe.putBack(entry, for: user)
                if number != place.number { places[number]?.pipe.pump() }
            }
        }
    }

    private func expireLater() {
        expiry?.cancel()
        guard let next = history.nextExpiry else { return }
        expiry = loop.assumeIsolated().scheduleTask(deadline: next) { [self] in
            if history.expire(now: loop.now) { closeSurplus() }
            expireLater()
        }
    }

    private func closeSurplus() {
        let needed = history.numbers
        for place in places.values where !needed.contains(place.number) {
            reroute(place)
            formerCounters.add(place)
            places[place.number] = nil
            place.pipe.stop()
        }
        tellServers()
    }
}
