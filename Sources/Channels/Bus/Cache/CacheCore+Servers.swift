internal import Logging
internal import NIOCore

/// The servers, from start to stop.
extension CacheCore: CommandPipeOwner {
    func pipeChanged(_ number: Int, _ failure: RedisFailure?, serverTime: Int64) {
        guard let place = places[number] else { return }
        if failure == nil { place.form.opened(serverTime: serverTime) }
        let wasUp = place.isUp
        if place.changed(failure, now: clock()) { report(place) }
        // Somebody else may have its users by now.
        if wasUp, failure != nil, history.isChanging { reroute(place) }
        snapshotLater()
    }

    func pipePaused() { snapshotLater() }

    private func report(_ place: CachePlace) {
        tellServers()
        if case .down(let failure) = place.server.state {
            logger.warning(
                "cache server is down", metadata: ["server": "\(place.url.name)", "reason": "\(failure)"])
        } else {
            logger.info("cache server is up", metadata: ["server": "\(place.url.name)"])
        }
        onChange?(place.server)
    }

    func start(_ onChange: @escaping @Sendable (BusServer) -> Void) {
        guard phase == .new else { return }
        phase = .running
        self.onChange = onChange
        for place in places.values { place.pipe.start(self) }
        readClocksLater()
    }

    private func readClocksLater() {
        clockTask = loop.assumeIsolated().scheduleTask(in: Self.clockInterval) { [self] in
            guard phase == .running else { return }
            for place in places.values { readClock(place) }
            readClocksLater()
        }
    }

    private func readClock(_ place: CachePlace) {
        _ = place.pipe.ask({ $0.writeCommand("TIME") }, onLoss: {}) { reply in
            if let time = RedisHandshake.milliseconds(reply) { place.form.setServerTime(time) }
        }
        place.pipe.flush()
    }

    func stop(_ promise: EventLoopPromise<Void>) {
        guard phase != .stopped else { return promise.succeed() }
        phase = .stopping
        closeWhenIdle(promise, deadline: loop.now + Self.stopPatience)
    }

    /// A server that is down gets nothing any more; the others may take until the deadline.
    private func closeWhenIdle(_ promise: EventLoopPromise<Void>, deadline: NIODeadline) {
        let isIdle = places.values.allSatisfy { $0.pipe.isIdle || !$0.isUp }
        guard !isIdle, loop.now < deadline else {
            closeAll()
            return promise.succeed()
        }
        loop.assumeIsolated().scheduleTask(in: Self.stopInterval) { [self] in
            closeWhenIdle(promise, deadline: deadline)
        }
    }

    private func closeAll() {
        guard phase != .stopped else { return }
        takeSnapshot()
        phase = .stopped
        for task in [expiry, clockTask] { task?.cancel() }
        onChange = nil
        let all = places.values
        // So that nobody is told that the servers go.
        places = [:]
        for place in all { place.pipe.stop() }
    }
}
