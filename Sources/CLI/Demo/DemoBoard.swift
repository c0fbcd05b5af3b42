import Foundation
import Geo
import NearbyClient

/// What the demo shows: what happens to one client, told as lines, and as a table of those who are nearby.
///
/// A pure value; times are milliseconds since the Unix epoch.
struct DemoBoard {
    /// A friend in the list, and what was last said about it.
    private struct Sighting {
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
    /// `nil` before the first welcome.
    private var snapshot: NearbySnapshot?
    private var isAway = false
    private var sightings: [String: Sighting] = [:]
    private var lines: [String] = []
    private var corner = ""

    init(zone: TimeZone = .current, tellsMotion: Bool) {
        self.zone = zone
        self.tellsMotion = tellsMotion
    }

    /// You are near another corner now.
    mutating func moved(near corner: String) { self.corner = corner }

    /// Takes in what is new.
    mutating func apply(_ change: NearbyChange, at now: Int64) {
        if change.snapshot.settings != nil { snapshot = change.snapshot }
        tell(change.snapshot.connection, now)
        for error in change.errors { say("the server", "refused a message: \(error.code.rawValue)", now) }
        for departure in change.left { tellGone(departure, now) }
        guard let here = change.snapshot.position else { return }
        for friend in change.entered + change.moved { tell(friend, seenFrom: here, now) }
    }

    /// The lines since the last time.
    mutating func takeLines() -> [String] {
        defer { lines = [] }
        return lines
    }
}

// MARK: Lines

extension DemoBoard {
    /// Once, when the connection is lost; the client goes on trying.
    private mutating func tell(_ connection: ConnectionState, _ now: Int64) {
        let isAway = connection.phase == .waiting || (isAway && connection.phase == .connecting)
        if isAway, !self.isAway { say("the server", "is away: \(words(connection.reason?.rawValue ?? ""))", now) }
        self.isAway = isAway
    }

    private mutating func tell(_ friend: Friend, seenFrom here: Coordinate, _ now: Int64) {
        guard var known = sightings[friend.id] else {
            sightings[friend.id] = Sighting(fix: friend.fix, toldDistance: friend.distance, toldAt: now)
            return say(friend.name, "\(DemoText.place(of: friend.fix.position, from: here))", now)
        }
        if let motion = DemoMotion(from: known.fix, to: friend.fix, seenFrom: here) { known.motion = motion }
        known.fix = friend.fix
        if tellsMotion, isNews(known, friend.distance, now), let motion = known.motion {
            known.toldMotion = motion
            known.toldDistance = friend.distance
            known.toldAt = now
            say(friend.name, "\(DemoText.place(of: friend.fix.position, from: here)), \(motion.text)", now)
        }
        sightings[friend.id] = known
    }

    private func isNews(_ sighting: Sighting, _ distance: Double, _ now: Int64) -> Bool {
        if sighting.toldMotion == nil { return true }
        guard now - sighting.toldAt >= Self.quietTime else { return false }
        return sighting.motion != sighting.toldMotion
            || abs(distance - sighting.toldDistance) > Self.notableChange * sighting.toldDistance
    }

    private mutating func tellGone(_ departure: NearbyChange.Departure, _ now: Int64) {
        sightings[departure.friend.id] = nil
        say(departure.friend.name, "left (\(words(departure.reason.rawValue)))", now)
    }

    private func words(_ reason: String) -> String { reason.replacing("_", with: " ") }

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
        guard let snapshot, let here = snapshot.position else { return [] }
        let friends = snapshot.friends
        var rows = ["", heading]
        for friend in friends.prefix(Self.maximumRows) {
            let columns = [
                DemoText.padded(friend.name, Self.nameWidth),
                DemoText.padded(DemoText.place(of: friend.fix.position, from: here), 10),
                sightings[friend.id]?.motion?.text ?? "",
            ]
            rows.append("  " + columns.joined(separator: " "))
        }
        if friends.count > Self.maximumRows { rows.append("  and \(friends.count - Self.maximumRows) more") }
        rows.append("Strangers, by cell: \(strangers)")
        return rows
    }

    private var heading: String {
        "You are near \(corner); \(snapshot?.total ?? 0) friends within "
            + DemoText.distance(snapshot?.settings?.radius ?? 0)
    }

    private var strangers: String {
        guard case .on(let details) = snapshot?.strangers else { return "off" }
        return DemoText.strangers(details.items.map(\.cell))
    }
}
