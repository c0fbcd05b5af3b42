/// One Redis server as the bus' loop sees it: a connection to publish on and one to hear.
final class ServerPlace {
    let number: Int
    let url: RedisURL
    let pipe: CommandPipe<PublishForm>
    let ear: SubscriberLink
    private var pipeState = BusServer.State.connecting
    private var earState = BusServer.State.connecting
    private(set) var server: BusServer
    /// Whether something was put into the pipe since the loop last looked.
    var isTouched = false

    init(number: Int, url: RedisURL, pipe: CommandPipe<PublishForm>, ear: SubscriberLink, now: Int64) {
        self.number = number
        self.url = url
        self.pipe = pipe
        self.ear = ear
        server = BusServer(name: url.name, state: .connecting, since: now)
    }

    func start(_ core: BusCore) {
        pipe.start(core)
        ear.start(core)
    }

    func stop() {
        pipe.stop()
        ear.stop()
    }

    /// Whether it can be published on.
    var isPipeUp: Bool { pipeState == .up }

    /// - Returns: whether what the owner is told of the server changed.
    func pipeChanged(_ failure: RedisFailure?, now: Int64) -> Bool {
        pipeState = failure.map { .down($0) } ?? .up
        return judge(now)
    }

    func earChanged(_ failure: RedisFailure?, now: Int64) -> Bool {
        earState = failure.map { .down($0) } ?? .up
        return judge(now)
    }

    /// One failure after another is one time down, and told once.
    private func judge(_ now: Int64) -> Bool {
        let state = Self.worse(pipeState, earState)
        switch (server.state, state) {
        case (.down, .down): return false
        case (.down, .connecting): return false
        default: break
        }
        guard state != server.state else { return false }
        server = BusServer(name: url.name, state: state, since: now)
        return true
    }

    private static func worse(_ one: BusServer.State, _ other: BusServer.State) -> BusServer.State {
        switch (one, other) {
        case (.down, _): one
        case (_, .down): other
        case (.up, .up): .up
        default: .connecting
        }
    }
}
