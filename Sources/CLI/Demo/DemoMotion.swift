import Geo
import NearbyClient

/// How somebody moves, seen from somewhere: from two positions one after the other.
struct DemoMotion: Equatable {
    enum Pace: String {
        case standing, walking, cycling
        case riding = "riding the metro"
    }

    enum Way: String {
        case towards = "towards you"
        case past = "past you"
        case away = "away from you"
    }

    /// Where a pace ends and the next begins, metres a second.
    private static let limits = (standing: 0.3, walking: 2.5, cycling: 7.0)
    /// Within so many degrees of the line of sight it is towards or away.
    private static let alongTheLine = 60.0

    let pace: Pace
    /// `nil` for somebody who stands.
    let way: Way?

    /// `nil` if the second fix is not newer.
    init?(from: Fix, to: Fix, seenFrom observer: Coordinate) {
        guard to.timestamp > from.timestamp else { return nil }
        let seconds = Double(to.timestamp - from.timestamp) / 1_000
        let speed = from.position.distance(to: to.position) / seconds
        pace = Self.pace(metresPerSecond: speed)
        guard pace != .standing else {
            way = nil
            return
        }
        let moving = Compass.bearing(from: from.position, to: to.position)
        let sight = Compass.bearing(from: to.position, to: observer)
        switch Compass.angle(moving, sight) {
        case ..<Self.alongTheLine: way = .towards
        case (180 - Self.alongTheLine)...: way = .away
        default: way = .past
        }
    }

    var text: String {
        guard let way else { return "standing still" }
        return "\(pace.rawValue) \(way.rawValue)"
    }

    private static func pace(metresPerSecond speed: Double) -> Pace {
        switch speed {
        case ..<limits.standing: .standing
        case ..<limits.walking: .walking
        case ..<limits.cycling: .cycling
        default: .riding
        }
    }
}
