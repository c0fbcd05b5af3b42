import Geo
import Testing

@testable import CLI

/// The drawings of `inspect` in the terminal.
@Suite struct CellDrawingTests {
    private func drawing(_ latitude: Double, _ longitude: Double, _ precision: Int) throws -> String {
        let position = try Position(latitude: latitude, longitude: longitude)
        return CellDrawing(position.cell(precision: precision), point: position).text(isColored: false)
    }

    @Test func aCityInTheMiddle() throws {
        #expect(
            CellDrawing(Geohash("9q8yyk")!, point: nil).text(isColored: false) == """
                      ┌────────────┬────────────┬────────────┐ 37.7820° N, 965.5 m wide
                      │   9q8yyj   │   9q8yym   │   9q8yyt   │
                      │            │            │            │
                      │            │            │            │
                      ├────────────╆━━━━━━━━━━━━╅────────────┤ 37.7765° N, 965.6 m wide
                      │   9q8yyh   ┃   9q8yyk   ┃   9q8yys   │
                      │            ┃      +     ┃            │ ↕ 610.8 m high
                      │            ┃            ┃            │
                      ├────────────╄━━━━━━━━━━━━╃────────────┤ 37.7710° N, 965.7 m wide
                      │   9q8yy5   │   9q8yy7   │   9q8yye   │
                      │            │            │            │
                      │            │            │            │
                      └────────────┴────────────┴────────────┘ 37.7655° N, 965.7 m wide
                 122.432° W   122.421° W   122.410° W   122.399° W

                      ├────────────┤ 1 km
                """)
    }

    @Test func theNorthPoleBesideTheAntimeridian() throws {
        #expect(
            try drawing(89.9999, 179.99, 4) == """
                     ┌──────────┲━━━━━━━━━━┱──────────┐ 90° N, the pole
                     │          ┃         ●┃          │
                     │          ┃          ┃          │
                     │          ┃          ┃          │ ↕ 19.55 km high
                     │          ┃          ┃          │
                     │   zzzx   ┃   zzzz   ┃   bpbp   │
                     ├──────────╄━━━━━━━━━━╃──────────┤ 89.82° N, 119.9 m wide
                     │          │          │          │
                     │          │          │          │
                     │          │          │          │
                     │          │          │          │
                     │   zzzw   │   zzzy   │   bpbn   │
                     └──────────┴──────────┴──────────┘ 89.65° N, 239.9 m wide
                 179.30° E  179.65° E    180°     179.65° W

                     not to scale: cells are 299 times narrower
                """)
    }

    @Test func theSouthPole() throws {
        let lines = try drawing(-90, 0, 1).split(separator: "\n")
        #expect(lines.filter { $0.contains("├") || $0.contains("┌") || $0.contains("└") }.count == 4)
        #expect(lines.contains { $0.hasSuffix("90° S, the pole") && $0.contains("━") })
    }

    /// Every drawing has its nine or six names, fits, and is as wide as high to a few percent where it says so.
    @Test func everywhere() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            let (latitude, longitude) = (
                Double.random(in: -90...90, using: &generator), Double.random(in: -180...180, using: &generator)
            )
            let cell = Geohash(
                latitude: latitude, longitude: longitude, precision: .random(in: 1...12, using: &generator))!
            let text = CellDrawing(cell, point: try Position(latitude: latitude, longitude: longitude)).text(
                isColored: false)
            for name in cell.nine { #expect(text.contains(" \(name) ")) }
            #expect(text.contains("●") && !text.contains("+"))
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        }
    }

    @Test func proportions() {
        for columns in 4...17 {
            for percent in stride(from: 40, through: 200, by: 1) {
                let aspect = Double(percent) / 100
                let scale = CellScale(aspect: aspect, leastColumns: columns)
                guard scale.squeeze == nil else { continue }
                let drawn = Double(scale.columns) / Double(2 * scale.rows)
                #expect(drawn / aspect < 1.16 && aspect / drawn < 1.16)
            }
        }
        #expect(CellScale(aspect: 2, leastColumns: 9).squeeze == nil)
        #expect(CellScale(aspect: 0.001, leastColumns: 9).squeeze! > 100)
    }

    @Test func colors() {
        let plain = CellDrawing(Geohash("9q")!, point: nil).text(isColored: false)
        let colored = CellDrawing(Geohash("9q")!, point: nil).text(isColored: true)
        #expect(!plain.contains("\u{1B}"))
        #expect(colored.contains("\u{1B}[0;1;36m") && colored.contains("\u{1B}[0;1;31m+"))
        #expect(colored.replacing(#/\x{1B}\[[0-9;]*m/#, with: "") == plain)
        for line in colored.split(separator: "\n") where line.contains("\u{1B}") {
            #expect(line.hasSuffix("\u{1B}[0m"))
        }
    }

    @Test func colorsOfTheCommand() throws {
        #expect(try !Command(["geohash", "inspect", "9q"]).output.contains("\u{1B}"))
        #expect(try Command(["geohash", "inspect", "9q", "--color", "always"]).output.contains("\u{1B}"))
        #expect(try !Command(["geohash", "inspect", "9q", "--color", "never"]).output.contains("\u{1B}"))
    }
}
