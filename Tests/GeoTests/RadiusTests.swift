import Geo
import Testing

@Suite struct RadiusTests {
    @Test func `the limits pass and what lies beyond fails`() {
        #expect(Radius(metres: 100_000)?.metres == Radius.maximumMetres)
        #expect(Radius(metres: 100_000.0.nextUp) == nil)
        #expect(Radius(metres: .leastNonzeroMagnitude) != nil)
        #expect(Radius(metres: 0) == nil)
        #expect(Radius(metres: -1) == nil)
        #expect(Radius(metres: .nan) == nil)
        #expect(Radius(metres: .infinity) == nil)
    }

    @Test(arguments: [
        ("5mi", 8046.72), ("8km", 8000), ("500m", 500), ("2.5km", 2500), ("0.5m", 0.5), ("100km", 100_000),
        ("1mi", 1609.344), ("0.5mi", 804.672), ("007m", 7),
    ])
    func `text is a number and a unit`(_ text: String, _ metres: Double) {
        #expect(Radius(text)?.metres == metres)
    }

    @Test(arguments: [
        "", "m", "5", "5.", ".5km", "5.km", "1.2.3km", "5 km", " 5km", "5km ", "-5km", "+5km", "1e3m", "0x5m",
        "infm",
        "nanm", "5MI", "5KM", "5yd", "5kmm", "0m", "0.0km", "63mi", "100.1km", "100001m", "٥km", "5м",
    ])
    func `anything else is refused`(_ text: String) {
        #expect(Radius(text) == nil)
    }
}
