import Foundation
import Geo
import NearbyClient

/// What the demo shows: the messages of one client, told as lines, and as a table of those who are nearby.
///
/// A pure value; times are milliseconds since the Unix epoch.
struct DemoBoard {
    /// A friend in the list, and what was last said about it.
    private struct Sighting {
        var name: String
        var fix: Fix
        var motion: DemoMotion?
        var toldMotion: DemoMotion?
        var toldDistance: Double
        var toldAt: Int64
    }

    /// The shortest time between two lines about the movement of one friend, milliseconds.
    static let quietTime: Int64 = 5_000
    /// A change of the distance that is worth a line.
    private static let notableChange = 0.05
    /// More lines than this are not kept for somebody who does not look.
    static let maximumLines = 200
    /// Rows of the table; more would not fit on small screens.
    static let maximumRows = 12
    private static let nameWidth = 18

    private let zone: TimeZone
    /// Whether a line tells how friends move; the table does that as well.
    private let tellsMotion: Bool
    private var view = NearbyView()
    private var sightings: [String: Sighting] = [:]
    private var lines: [String] = []
    private var corner = ""
    private var isWelcomed = false

    init(zone: TimeZone = .current, tellsMotion: Bool) {
        self.zone = zone
        self.tellsMotion = tellsMotion
    }

    /// You are somewhere else now.
    mutating func moved(to position: Coordinate, near corner: String) {
        view.moved(to: position)
        self.corner = corner
    }

    /// Takes in what the server said.
    mutating func apply(_ message: ServerMessage, at now: Int64) {
        if case .updates(let updates) = message {
            for gone in updates.friendsGone { tellGone(gone, now) }
        }
        view.apply(message)
        switch message {
        case .welcome(let welcome, _):
            // A new session is told everything anew.
            sightings = [:]
            isWelcomed = true
            for friend in welcome.friends.items { tell(friend, now) }
        case .page(let page, _): for friend in page.items { tell(friend, now) }
        case .updates(let updates): for friend in updates.friends { tell(friend, now) }
        case .error(let refusal, _): say("the server", "refused a message: \(refusal.code.rawValue)", now)
        default: break
        }
    }

    /// There is no connection; the client goes on trying.
    mutating func cannotConnect(_ reason: String, at now: Int64) {
        say("the server", "cannot be reached: \(reason)", now)
    }

    /// The lines since the last time.
    mutating func takeLines() -> [String] {
        defer { lines = [] }
        return lines
    }
}

// MARK: Lines

extension DemoBoard {
    private mutating func tell(_ friend: Friend, _ now: Int64) {
        guard let here = view.position else { return }
        let distance = here.distance(to: friend.fix.position)
        guard var known = sightings[friend.id] else {
            let name = view.friends[friend.id]?.profile?.name ?? friend.id
            sightings[friend.id] = Sighting(name: name, fix: friend.fix, toldDistance: distance, toldAt: now)
            return say(name, "\(DemoText.place(of: friend.fix.position, from: here))", now)
        }
        if let motion = DemoMotion(from: known.fix, to: friend.fix, seenFrom: here) { known.motion = motion }
        known.fix = friend.fix
        if tellsMotion, isNews(known, distance, now), let motion = known.motion {
            known.toldMotion = motion
            known.toldDistance = distance
            known.toldAt = now
            say(known.name, "\(DemoText.place(of: friend.fix.position, from: here)), \(motion.text)", now)
        }
        sightings[friend.id] = known
    }

    private func isNews(_ sighting: Sighting, _ distance: Double, _ now: Int64) -> Bool {
        if sighting.toldMotion == nil { return true }
        guard now - sighting.toldAt >= Self.quietTime else { return false }
        return sighting.motion != sighting.toldMotion
            || abs(distance - sighting.toldDistance) > Self.notableChange * sighting.toldDistance
    }

    private mutating func tellGone(_ gone: FriendGone, _ now: Int64) {
        guard let known = sightings.removeValue(forKey: gone.id) else { return }
        let reason = gone.reason.rawValue.replacing("_", with: " ")
        say(known.name, "left (\(reason))", now)
    }

    private mutating func say(_ name: String, _ text: String, _ now: Int64) {
        if lines.count == Self.maximumLines { lines.removeFirst() }
        lines.append("\(DemoText.clock(now, zone))  \(DemoText.padded(name, Self.nameWidth)) \(text)")
    }
}

// MARK: The list

extension DemoBoard {
    /// Everybody nearby in one line.
    func summary(at now: Int64) -> String {
        "\(DemoText.clock(now, zone))  \(heading); strangers: \(strangers)"
    }

    /// Everybody nearby, nearest first, with headings.
    func table() -> [String] {
        guard let here = view.position, isWelcomed else { return [] }
        let friends = view.nearestFriends
        var rows = ["", heading]
        for friend in friends.prefix(Self.maximumRows) {
            let sighting = sightings[friend.id]
            let columns = [
                DemoText.padded(sighting?.name ?? friend.id, Self.nameWidth),
                DemoText.padded(DemoText.place(of: friend.fix.position, from: here), 10),
                sighting?.motion?.text ?? "",
            ]
            rows.append("  " + columns.joined(separator: " "))
        }
        if friends.count > Self.maximumRows { rows.append("  and \(friends.count - Self.maximumRows) more") }
        rows.append("Strangers, by cell: \(strangers)")
        return rows
    }

    private var heading: String {
        "You are near \(corner); \(view.friendsTotal) friends within \(DemoText.distance(view.radius))"
    }

    private var strangers: String {
        guard view.strangersAreOn else { return "off" }
        return DemoText.strangers(view.strangers.values.map(\.cell))
    }
}
