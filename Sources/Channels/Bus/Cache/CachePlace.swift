/// One cache server as the cache's loop sees it.
final class CachePlace {
    let number: Int
    let url: RedisURL
    let form: CacheForm
    let pipe: CommandPipe<CacheForm>
    private(set) var server: BusServer

    init(number: Int, url: RedisURL, form: CacheForm, pipe: CommandPipe<CacheForm>, now: Int64) {
        self.number = number
        self.url = url
        self.form = form
        self.pipe = pipe
        server = BusServer(name: url.name, state: .connecting, since: now)
    }

    var isUp: Bool { server.state == .up }

    /// - Returns: whether what the owner is told of the server changed; one failure after another is told once.
    func changed(_ failure: RedisFailure?, now: Int64) -> Bool {
        if case .down = server.state, failure != nil { return false }
        server = BusServer(name: url.name, state: failure.map { .down($0) } ?? .up, since: now)
        return true
    }
}
