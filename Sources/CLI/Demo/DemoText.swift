import Foundation
import Geo

/// How the demo writes figures for people.
enum DemoText {
    /// With more, a line would not fit on every screen.
    private static let namedCells = 3

    /// `80 m`, `1.2 km`, `12 km`.
    static func distance(_ metres: Double) -> String {
        let tens = (metres / 10).rounded() * 10
        if tens < 1_000 { return "\(Int(tens)) m" }
        if metres < 9_950 { return String(format: "%.1f km", metres / 1_000) }
        return "\(Int((metres / 1_000).rounded())) km"
    }

    /// `1.2 km NE`, or `here`.
    static func place(of other: Coordinate, from here: Coordinate) -> String {
        let metres = here.distance(to: other)
        if metres < 5 { return "here" }
        return "\(distance(metres)) \(Compass.point(Compass.bearing(from: here, to: other)))"
    }

    /// The time of day, `12:01:05`.
    static func clock(_ milliseconds: Int64, _ zone: TimeZone) -> String {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
        let seconds = Int(milliseconds / 1_000) + offset
        return String(format: "%02d:%02d:%02d", seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
    }

    /// Strangers as a number a cell, the fullest first: `7 in dr5ru6, 5 in dr5ru7, 2 in dr5ruk, 4 elsewhere`.
    static func strangers(_ cells: some Sequence<Geohash>) -> String {
        var counts: [Geohash: Int] = [:]
        for cell in cells { counts[cell, default: 0] += 1 }
        if counts.isEmpty { return "none in reach" }
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var parts = sorted.prefix(namedCells).map { "\($0.value) in \($0.key)" }
        let rest = sorted.dropFirst(namedCells).reduce(0) { $0 + $1.value }
        if rest > 0 { parts.append("\(rest) elsewhere") }
        return parts.joined(separator: ", ")
    }

    /// Text with spaces behind it up to a width.
    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// A word as a shell reads it.
    static func shellWord(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+:=@%".contains($0)) }
        return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}
