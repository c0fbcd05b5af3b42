import Geo
import NearbyClient

/// Which of its fixes a client sends that goes by the server's `quiet`, and no other rule. Times are the track's, milliseconds.
struct QuietPace {
    struct Place: Equatable {
        let coordinate: Coordinate
        let time: Int64
    }

    /// What the server said last.
    var told: Quiet?
    private var sent: Place?
    /// The newest fix, if it was not sent.
    private(set) var held: Place?

    /// Until when a held fix may wait; `nil` if there is none.
    var due: Int64? {
        guard held != nil, let sent else { return nil }
        return sent.time + Int64(((told?.duration ?? 0) * 1_000).rounded())
    }

    /// Whether the fix that is held has to be sent although its time has not come: it is too far from the one sent last.
    var isTooFar: Bool { held.map { !isNear($0) } ?? false }

    /// Takes a fix: holds it, or returns true if it has to be sent.
    mutating func take(_ place: Place) -> Bool {
        held = place
        return !isNear(place) || due.map { place.time >= $0 } ?? true
    }

    /// Says the newest fix as of a time.
    mutating func send(_ place: Place) {
        sent = place
        held = nil
    }

    private func isNear(_ place: Place) -> Bool {
        guard let told, let sent else { return false }
        return sent.coordinate.distance(to: place.coordinate) <= told.within
    }
}
