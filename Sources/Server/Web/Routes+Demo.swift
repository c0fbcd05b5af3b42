import Channels
import Friends
import Geo
import HTTPTypes

/// Signing in by name, at a demo alone.
extension Routes {
    /// How long a guest's token is good: long enough for a look, short enough that the page has to refresh it.
    private static let tokenMilliseconds: Int64 = 15 * 60 * 1_000

    var demoRoutes: [Route] {
        guard let demo else { return [] }
        return [
            Route(.post, "/demo/token", .open { call in try await signIn(call, demo) }),
            Route(
                .get, "/demo/streets.json",
                .open { _ in .json(Array(demo.streets.utf8)) }),
        ]
    }

    /// `{"name"}` to `{"id","name","token","lat","lon","radius_m"}`.
    private func signIn(_ call: Call, _ demo: DemoDesk) async throws -> Answer {
        guard Loopback.isOwnPage(call) else {
            throw Problem.forbidden("only pages of this server on this machine may sign in by name")
        }
        // Whatever else a page may send without asking first is refused.
        guard call.headers[.contentType] != nil else { throw Problem.unsupportedMediaType }
        let body = try ProfileBody(call)
        guard let guest = demo.welcome(body.name) else { throw Problem.forbidden("the demo has no room for more") }
        if try await core.stores.users.user(guest.profile.id).map(\.isErased) ?? true {
            _ = try await changes.put(guest.profile)
        }
        for friend in guest.friends { _ = try await changes.befriend(guest.profile.id, friend) }
        return .json(ticket(for: guest))
    }

    /// Somebody whom the server has seen goes on where it was.
    private func ticket(for guest: DemoDesk.Guest) -> [UInt8] {
        let users = core.engine.users
        let start = users.state(of: users.index(of: guest.profile.id))?.coordinate ?? guest.start
        let now = core.clock.wallMilliseconds()
        let token = TokenIssuer(secret: core.keys.jwtSecret)
            .token(for: guest.profile.id, expires: now + Self.tokenMilliseconds, issued: now)
        var json: [UInt8] = []
        json.append(json: #"{"id":"#)
        json.append(string: guest.profile.id.string)
        json.append(json: #","name":"#)
        json.append(string: guest.profile.name)
        json.append(json: #","token":"#)
        json.append(string: token)
        json.append(json: #","lat":"#)
        json.append(degreesE7: start.latitudeE7)
        json.append(json: #","lon":"#)
        json.append(degreesE7: start.longitudeE7)
        json.append(json: #","radius_m":"#)
        json.append(integer: Int64(guest.radius.metres))
        json.append(json: "}")
        return json
    }
}
