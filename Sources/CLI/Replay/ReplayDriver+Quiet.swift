import Channels
import Geo
import NearbyClient

/// Clients that go by the server's `quiet`.
extension ReplayDriver {
    /// Takes a fix of a track. Returns whether its client has to send it.
    func take(_ fix: TrackFix) -> Bool {
        quietFixes += 1
        oracle.positions[fix.user] = .init(coordinate: fix.coordinate, ts: 0, sentAt: .now)
        return clients[fix.user].pace.take(.init(coordinate: fix.coordinate, time: fix.time))
    }

    /// Sends the fix that a client holds.
    func sendHeld(_ index: Int, at time: Int64) {
        guard let held = clients[index].pace.held else { return }
        clients[index].pace.send(.init(coordinate: held.coordinate, time: time))
        send(index, held.coordinate)
    }

    /// The client whose held fix is the first to be sent before a time, if any, and when.
    func firstDue(before time: Int64) -> (index: Int, due: Int64)? {
        var first: (index: Int, due: Int64)?
        for (index, client) in clients.enumerated() {
            guard let due = client.pace.due, due < (first?.due ?? time) else { continue }
            first = (index, due)
        }
        return first
    }

    /// Who of a user's friends holds a fix.
    func silentFriends(of index: Int) -> [Int] {
        oracle.friends[index].filter { clients[$0].pace.held != nil }
    }

    func isTooFar(_ index: Int) -> Bool { clients[index].pace.isTooFar }

    /// Compares what everybody shows with brute force over all fixes, sent or not.
    func compareQuiet() -> QuietDifferences {
        var differences = QuietDifferences()
        for (index, client) in clients.enumerated() {
            guard let here = oracle.positions[index]?.coordinate else { continue }
            for friend in oracle.friends[index] {
                guard let there = oracle.positions[friend]?.coordinate else { continue }
                let shown = client.view.friends[clients[friend].id.string]
                differences.compare(
                    distance: here.distance(to: there), shown: shown.map { here.distance(to: $0.fix.position) },
                    radius: oracle.radius)
            }
        }
        return differences
    }
}
