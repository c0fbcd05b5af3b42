import Channels
import Geo

/// One fix of a track: who was where, when.
struct TrackFix {
    /// The user, as an index into ``Tracks/users``.
    let user: Int
    /// Milliseconds since the Unix epoch, as in the file.
    let time: Int64
    let coordinate: Coordinate
}

/// What a file of tracks holds, in the order of time.
struct Tracks {
    private(set) var users: [UserID] = []
    private(set) var fixes: [TrackFix] = []

    /// Reads `user,iso_time,lat,lon`, or `track` for `user`, sorted or not; `.gz` as it is.
    init(path: String) throws {
        var reader = try CSVReader(path: path, columns: ["iso_time", "lat", "lon"], optional: ["user", "track"])
        var indexes: [String: Int] = [:]
        while let row = try reader.next() {
            let name = row.fields[3].isEmpty ? row.fields[4] : row.fields[3]
            let fix = try Self.parse(row, path: path)
            let index: Int
            if let known = indexes[name] {
                index = known
            } else {
                guard let id = UserID(name) else {
                    throw CSVError(path: path, line: row.line, reason: "`user` (or `track`) is no id of a user")
                }
                index = users.count
                indexes[name] = index
                users.append(id)
            }
            fixes.append(TrackFix(user: index, time: fix.time, coordinate: fix.coordinate))
        }
        guard !fixes.isEmpty else { throw CSVError(path: path, line: 1, reason: "there is no fix") }
        // Stable: fixes of one time stay in the order of the file.
        fixes = fixes.enumerated()
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
    }

    private static func parse(_ row: CSVReader.Row, path: String) throws -> (time: Int64, coordinate: Coordinate) {
        guard let time = ISOTime.milliseconds(row.fields[0]) else {
            throw CSVError(path: path, line: row.line, reason: "`iso_time` is no time like 2009-04-23T22:37:00Z")
        }
        guard let latitude = Double(row.fields[1]), let longitude = Double(row.fields[2]),
            let coordinate = Coordinate(latitude: latitude, longitude: longitude)
        else {
            throw CSVError(path: path, line: row.line, reason: "`lat` or `lon` is no coordinate")
        }
        return (time, coordinate)
    }
}
