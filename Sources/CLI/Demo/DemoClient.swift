import Foundation
import Geo
import NearbyClient
import Server

/// One person of the demo as a real client: walks and tells where it is, until its task is cancelled or somebody at the
/// map page moves this person from now on.
struct DemoClient: Sendable {
    private static let tokenMilliseconds: Int64 = 24 * 3_600 * 1_000

    let person: DemoPerson
    /// Where it starts; somewhere unless given.
    var start: DemoCity.Corner?
    let server: ServerURL
    let issuer: TokenIssuer
    /// Metres are the server's business unless given.
    var radius: Radius?
    /// Between two steps.
    let interval: Duration
    let isTaken: @Sendable () -> Bool
    var moved: @Sendable (DemoWalk) -> Void = { _ in }
    var changed: @Sendable (NearbyChange) -> Void = { _ in }

    /// Throws nothing but `CancellationError`.
    func run() async throws {
        let nearby = NearbyClient.Nearby(server: server, wishes: wishes) { [issuer, person] in
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
            return issuer.token(for: person.id, expires: now + Self.tokenMilliseconds, issued: now)
        }
        nearby.start()
        // Ends with the walk.
        async let _ = watch(nearby)
        try await walk(nearby)
    }

    private var wishes: SessionWishes {
        SessionWishes(radius: radius, strangers: person.meetsStrangers ? .init(isOn: true) : nil)
    }

    private func walk(_ nearby: NearbyClient.Nearby) async throws {
        var walk = DemoWalk(pace: person.pace, start: start, seed: person.seed)
        var before = ContinuousClock.now
        while !isTaken() {
            moved(walk)
            nearby.move(to: walk.coordinate)
            try await Task.sleep(for: interval)
            let now = ContinuousClock.now
            walk.advance(seconds: (now - before) / .seconds(1))
            before = now
        }
    }

    private func watch(_ nearby: NearbyClient.Nearby) async {
        guard person.meetsStrangers else { return }
        for await change in nearby.changes {
            changed(change)
            // An opt-in ends after an hour; a person would be asked again.
            if case .off(reason: "expired") = change.snapshot.strangers { _ = try? await nearby.showStrangers() }
        }
    }
}
