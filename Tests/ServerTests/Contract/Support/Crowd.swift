/// What one session knows of strangers, from its messages; and every message it got.
struct Crowd {
    let peer: Peer
    private(set) var shown: [String: JSON] = [:]
    /// STRANGERS as last told.
    private(set) var status: JSON
    private(set) var log: [JSON] = []

    /// - Parameter status: STRANGERS of the welcome or of an answer.
    init(_ peer: Peer, status: JSON) {
        self.peer = peer
        self.status = status
        apply(status)
    }

    /// A new session with strangers on, and its crowd.
    static func join(
        _ server: LiveServer, _ user: String, at place: Place, ts: Int64? = nil, _ strangers: JSON = true
    ) async throws -> Crowd {
        let (peer, welcome) = try await server.join(user, at: place, ts: ts, ["strangers": strangers])
        var crowd = Crowd(peer, status: welcome["strangers"])
        crowd.log.append(welcome)
        return crowd
    }

    var sids: Set<String> { Set(shown.keys) }

    private mutating func apply(_ status: JSON) {
        self.status = status
        shown = [:]
        for stranger in status["items"].items { shown[stranger["sid"].string ?? "-"] = stranger }
    }

    private mutating func take(_ message: JSON) {
        log.append(message)
        if message.type == "strangers" { apply(message) }
        guard message.type == "updates" else { return }
        for stranger in message["strangers"].items { shown[stranger["sid"].string ?? "-"] = stranger }
        for gone in message["strangers_gone"].items { shown[gone["sid"].string ?? "-"] = nil }
    }

    /// Takes messages until something is so.
    mutating func hear(until isSo: (Crowd) -> Bool) async throws {
        while !isSo(self) {
            do {
                take(try await peer.message())
            } catch {
                throw Unexpected("\(error); shown: \(shown.count), last: \(log.last ?? nil)")
            }
        }
    }

    /// Lets ticks pass until something is so in every crowd.
    static func settle(
        _ crowds: inout [Crowd], on server: ManualServer, ticks milliseconds: Int64,
        until isSo: (Crowd) -> Bool
    ) async throws {
        for _ in 1...20 {
            for number in crowds.indices { try await crowds[number].catchUp() }
            if crowds.allSatisfy(isSo) { return }
            try await server.advance(milliseconds: milliseconds)
        }
        throw Unexpected("shown: \(crowds.map(\.shown.count))")
    }

    /// Asks for strangers again, and takes what comes until it is answered.
    mutating func renew() async throws {
        peer.say(["type": "strangers", "on": true, "seq": 0])
        try await hear { $0.log.last?["seq"] == 0 }
    }

    /// Takes what comes before the answer to a question that is asked now.
    mutating func catchUp() async throws {
        for message in try await peer.barrier() { take(message) }
    }
}
