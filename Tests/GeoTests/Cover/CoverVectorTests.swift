import Geo
import Testing

/// Covers of boxes that other libraries expect of themselves: facts from the tests of davidmoten/geo and
/// kungfoo/geohash-java, both under Apache-2.0.
@Suite struct CoverVectorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let north, west, south, east: Double
        let precision: Int
        let cells: String
        var isComplete = true
        var testDescription: String { cells }
    }

    static let rows = [
        Row(
            north: 42.819581, west: -73.950691, south: 41.842967, east: -72.727175, precision: 4,
            cells: "dr7q dr7r dr7w dr7x dr7y dr7z dre2 dre3 dre6 dre7 dre8 dre9 dreb drec dred dree "
                + "dref dreg drkn drkp drkq drkr drs0 drs1 drs2 drs3 drs4 drs5 drs6 drs7"),
        Row(north: 42.819581, west: -73.950691, south: 41.842967, east: -72.727175, precision: 2, cells: "dr"),
        Row(north: 39, west: 156, south: 3, east: -118, precision: 1, cells: "8 9 x"),
        // Longitude 194 there.
        Row(north: 44, west: 110, south: 9, east: -166, precision: 1, cells: "8 w x"),
        Row(north: -1, west: -26, south: -2, east: 175, precision: 1, cells: "r", isComplete: false),
        Row(
            north: 40.21982983232432, west: 170.523432424324, south: 40.2090980098, east: -170.494234232442,
            precision: 2, cells: "8p xz"),
    ]

    @Test(arguments: rows)
    func `boxes have the expected cells`(_ row: Row) throws {
        let box = try #require(
            BoundingBox(south: row.south, west: row.west, north: row.north, east: row.east))
        let cells = try box.cover(precision: row.precision).cells
        let expected = row.cells.split(separator: " ").compactMap { Geohash(String($0)) }
        if row.isComplete { #expect(cells == expected) } else { #expect(Set(cells).isSuperset(of: expected)) }
    }
}
