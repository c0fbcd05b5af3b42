import Geo

/// A place, in degrees.
struct Place: Sendable {
    var lat: Double
    var lon: Double

    static let home = Place(lat: 40.75, lon: -73.98)

    /// Somewhere else: so many metres to the north.
    func north(_ metres: Double) -> Place {
        Place(lat: lat + metres / Earth.meanRadius * 180 / .pi, lon: lon)
    }

    var members: [String: JSON] { ["lat": .number(lat), "lon": .number(lon)] }
}

/// People with clients.
extension TestedServer {
    /// A `hello`.
    func hello(_ user: String, at place: Place = .home, ts: Int64? = nil, _ more: [String: JSON] = [:]) -> JSON {
        let hello: JSON = ["type": "hello", "token": .string(token(user)), "ts": .number(ts ?? now)]
        return hello.with(place.members).with(more)
    }

    func connect() async throws -> Peer { try await Peer.connect(port: port) }

    /// A new session of a user, and its welcome.
    func join(
        _ user: String, at place: Place = .home, ts: Int64? = nil, _ more: [String: JSON] = [:]
    ) async throws -> (peer: Peer, welcome: JSON) {
        let peer = try await connect()
        peer.say(hello(user, at: place, ts: ts, more))
        return (peer, try await peer.message("welcome"))
    }

    /// A new session of a user.
    func client(_ user: String, at place: Place = .home, _ more: [String: JSON] = [:]) async throws -> Peer {
        try await join(user, at: place, more).peer
    }

    /// Makes pairs of users friends.
    func befriend(_ user: String, _ friends: String...) async throws {
        for friend in friends {
            let reply = try await call("PUT", "/v1/users/\(user)/friends/\(friend)")
            guard [200, 201].contains(reply.status) else { throw Unexpected("no friends: \(reply)") }
        }
    }
}

extension Peer {
    /// Sends a location with the next `ts` after the ones before.
    func move(to place: Place, ts: Int64) {
        let location: JSON = ["type": "location", "ts": .number(ts)]
        say(location.with(place.members))
    }
}
