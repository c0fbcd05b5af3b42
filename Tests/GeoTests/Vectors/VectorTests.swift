import Testing

@testable import Geo

/// Agreement with what other libraries compute, row by row.
///
/// Where libraries differ, this one chooses: no neighbour beyond a pole; empty text, more than 12 characters
/// and precision 0 are invalid.
@Suite struct VectorTests {
    @Test(arguments: VectorTables.all)
    func `positions encode to the expected text`(_ tables: VectorTables) {
        let rows = tables["encode"]
        let wrong = rows.filter { row in
            guard let latitude = Double(row[0]), let longitude = Double(row[1]), let precision = Int(row[2]),
                let exact = Geohash(latitude: latitude, longitude: longitude, precision: precision)
            else { return true }
            return exact.description != row[3] || disagreesAfterRounding(row, with: exact)
        }
        #expect(wrong.isEmpty && rows.count > 100)
    }

    /// A position that has no more digits than a `Coordinate` keeps must give the same cell through it.
    private func disagreesAfterRounding(_ row: [String], with exact: Geohash) -> Bool {
        let mostDigits = row[0...1].map { $0.split(separator: ".").dropFirst().first?.count ?? 0 }.max()!
        guard mostDigits <= 7 else { return false }
        let coordinate = Coordinate(latitude: Double(row[0])!, longitude: Double(row[1])!)
        return coordinate.map { Geohash($0, precision: exact.precision) } != exact
    }

    @Test(arguments: VectorTables.all)
    func `positions encode to the expected number`(_ tables: VectorTables) {
        let rows = tables["int-encode"]
        let wrong = rows.filter { row in
            guard let latitude = Double(row[0]), let longitude = Double(row[1]), let bits = Int(row[2]),
                let expected = UInt64(row[3])
            else { return true }
            return GeohashBits(latitude: latitude, longitude: longitude, count: bits)?.value != expected
        }
        #expect(wrong.isEmpty && rows.count >= 90)
    }

    @Test(arguments: VectorTables.all)
    func `cells have the expected borders`(_ tables: VectorTables) {
        let rows = tables["decode"]
        let wrong = rows.filter { row in
            guard let box = Geohash(row[0])?.box, let tolerance = Double(row[5]) else { return true }
            return zip([box.south, box.north, box.west, box.east], row[1...4]).contains { border, expected in
                !expected.isEmpty
                    && !((Double(expected) ?? .nan) - border).magnitude.isLessThanOrEqualTo(tolerance)
            }
        }
        #expect(wrong.isEmpty && rows.count >= 60)
    }

    @Test(arguments: VectorTables.all)
    func `cells have the expected neighbours`(_ tables: VectorTables) {
        let rows = tables["neighbours"]
        let wrong = rows.filter { row in
            guard let cell = Geohash(row[0]) else { return true }
            return zip(CompassPoint.allCases, row[1...8]).contains { direction, expected in
                !expected.isEmpty && cell.neighbor(direction)?.description != expected
            }
        }
        #expect(wrong.isEmpty && rows.count >= 50)
    }

    @Test(arguments: VectorTables.all)
    func `cells have the expected set of neighbours`(_ tables: VectorTables) {
        let rows = tables["neighbour-sets"]
        let wrong = rows.filter { row in
            let expected = row[1].split(separator: " ").map(String.init).sorted()
            return Geohash(row[0])?.neighbors.map(\.description).sorted() != expected
        }
        #expect(wrong.isEmpty && !rows.isEmpty)
    }

    @Test(arguments: VectorTables.all)
    func `there is nothing beyond a pole`(_ tables: VectorTables) {
        let rows = tables["pole-neighbours"]
        let wrong = rows.filter { row in
            guard let cell = Geohash(row[0]), let direction = CompassPoint(rawValue: row[1]) else {
                return true
            }
            return cell.neighbor(direction)?.description != (row[3] == "any" ? row[2] : nil)
        }
        #expect(wrong.isEmpty && rows.count > 10)
    }

    @Test(arguments: VectorTables.all)
    func `invalid input is refused`(_ tables: VectorTables) {
        let rows = tables["invalid"]
        let accepted = rows.filter { row in
            guard row[0] == "encode" else { return Geohash(row[1]) != nil }
            let numbers = row[1].split(separator: " ").compactMap { Double($0) }
            return numbers.count != 3
                || Geohash(latitude: numbers[0], longitude: numbers[1], precision: Int(numbers[2])) != nil
        }
        #expect(accepted.isEmpty && rows.count > 8)
    }
}
