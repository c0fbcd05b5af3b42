import Channels
import Geo
import Testing

@testable import CLI

@Suite struct TracksTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func tracks(_ text: String) throws -> Tracks {
        try Tracks(path: directory.write(text, to: "tracks.csv"))
    }

    @Test func inTheOrderOfTime() throws {
        let tracks = try tracks(
            """
            user,iso_time,lat,lon
            bob,2009-04-23T00:00:02Z,2,0
            ann,2009-04-23T00:00:01Z,1,0
            bob,2009-04-23T00:00:02Z,3,0
            ann,2009-04-23T00:00:00Z,0,0

            """)
        #expect(tracks.users.map(\.string) == ["bob", "ann"])
        #expect(tracks.fixes.map(\.user) == [1, 1, 0, 0])
        // Two of one time stay in the order of the file.
        #expect(tracks.fixes.map(\.coordinate.latitude) == [0, 1, 2, 3])
        #expect(tracks.fixes[3].time - tracks.fixes[0].time == 2_000)
    }

    @Test func aTrackIsAUser() throws {
        let tracks = try tracks("lon,lat,iso_time,track\n-73.5,40.5,2009-04-23T00:00:00Z,7\n")
        #expect(tracks.users.map(\.string) == ["7"])
        #expect(tracks.fixes[0].coordinate.latitude == 40.5)
        #expect(tracks.fixes[0].coordinate.longitude == -73.5)
    }

    @Test(arguments: [
        ("user,iso_time,lat,lon\nann,2009-04-23T00:00:00Z,1,1\nann,yesterday,1,1\n", 3, "`iso_time`"),
        ("user,iso_time,lat,lon\nann,2009-04-23T00:00:00Z,91,1\n", 2, "`lat` or `lon`"),
        ("user,iso_time,lat,lon\nann,2009-04-23T00:00:00Z,1,x\n", 2, "`lat` or `lon`"),
        ("user,iso_time,lat,lon\na b,2009-04-23T00:00:00Z,1,1\n", 2, "`user`"),
        ("iso_time,lat,lon\n2009-04-23T00:00:00Z,1,1\n", 2, "`user`"),
        ("user,iso_time,lat\nann,2009-04-23T00:00:00Z,1\n", 1, "`lon`"),
        ("user,iso_time,lat,lon\n", 1, "no fix"),
    ])
    func noTracks(_ text: String, _ line: Int, _ reason: String) throws {
        let error = #expect(throws: CSVError.self) { try tracks(text) }
        #expect(error?.line == line)
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    }
}
