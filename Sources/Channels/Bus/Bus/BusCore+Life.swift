internal import NIOCore

/// From start to stop.
extension BusCore {
    func start(_ delegate: any BusDelegate) {
        guard phase == .new else { return }
        phase = .running
        self.delegate = delegate
        for place in places.values { place.start(self) }
    }

    func stop(_ promise: EventLoopPromise<Void>) {
        guard phase != .stopped else { return promise.succeed() }
        phase = .stopping
        closeWhenIdle(promise, deadline: loop.now + Self.stopPatience)
    }

    /// A server that is down gets nothing any more; the others may take until the deadline.
    private func closeWhenIdle(_ promise: EventLoopPromise<Void>, deadline: NIODeadline) {
        let isIdle = places.values.allSatisfy { $0.pipe.isIdle || $0.server.state != .up }
        guard !isIdle, loop.now < deadline else {
            closeAll()
            return promise.succeed()
        }
        loop.assumeIsolated().scheduleTask(in: Self.paceInterval) { [self] in
            closeWhenIdle(promise, deadline: deadline)
        }
    }

    private func closeAll() {
        guard phase != .stopped else { return }
        takeSnapshot()
        phase = .stopped
        for task in [pacing, expiry, tidying, askingAgain] { task?.cancel() }
        delegate = nil
        let all = places.values
        // So that nobody is told that the servers go.
        places = [:]
        for place in all { place.stop() }
        for waiter in table.allWaiters { waiter.finish(missing: waiter.channels) }
    }
}
