import Geo
import NearbyClient

func watch(server: String, at place: Coordinate, token: @escaping @Sendable () async throws -> String?) async {
    guard let url = ServerURL(server) else { return print("no address: \(server)") }
    let nearby = Nearby(server: url, wishes: SessionWishes(radius: Radius(metres: 2_000)), token: token)
    nearby.start()
    nearby.move(to: place)
    for await change in nearby.changes {
        for friend in change.entered { print("\(friend.name) is \(Int(friend.distance)) m away") }
        for gone in change.left { print("\(gone.friend.name) left: \(gone.reason.rawValue)") }
        for error in change.errors { print("the server says: \(error)") }
        if change.snapshot.connection.phase == .refused { return }
    }
}
