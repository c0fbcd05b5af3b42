public import NIOCore

/// Whether a Redis server can be used at all.
public enum RedisProbe {
    /// Connects, logs in and hangs up. Succeeds with `false` if the server does not let the process in within
    /// ``BusSettings/connectTimeout``, or may not be used by the settings; never fails.
    public static func answers(
        _ url: RedisURL, settings: BusSettings, on loop: any EventLoop
    ) -> EventLoopFuture<Bool> {
        guard let ring = try? BusRing([url]), (try? ring.check(settings)) != nil,
            let connector = try? RedisConnector.sockets(settings)
        else { return loop.makeSucceededFuture(false) }
        let promise = loop.makePromise(of: Bool.self)
        loop.execute {
            let environment = LinkEnvironment(
                loop: loop, settings: settings, connector: connector, clientName: "nearby-probe")
            let attempt = ProbeAttempt()
            let events = RedisLinkEvents(
                opened: { _ in attempt.end(true, promise) }, failed: { _ in attempt.end(false, promise) },
                received: { _ in }, paused: {})
            attempt.link = RedisLink(url, purpose: .commands, environment, events)
            attempt.link?.start()
        }
        return promise.futureResult
    }
}

/// Holds the link of a probe until its answer is there.
private final class ProbeAttempt {
    var link: RedisLink?

    func end(_ isGood: Bool, _ promise: EventLoopPromise<Bool>) {
        // The second time it is the own stop that ended it.
        guard let link else { return }
        self.link = nil
        promise.succeed(isGood)
        link.stop()
    }
}
