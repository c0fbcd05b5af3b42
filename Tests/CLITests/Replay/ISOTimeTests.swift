import Foundation
import Testing

@testable import CLI

@Suite struct ISOTimeTests {
    /// From 1900 to 2100, seeded, against Foundation's own reader.
    @Test func asFoundationReadsThem() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2_000 {
            let seconds = Int64.random(in: -2_208_988_800...4_102_444_800, using: &generator)
            let text = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
            #expect(ISOTime.milliseconds(text) == seconds * 1_000, "\(text)")
            let read = try Date(text, strategy: .iso8601)
            #expect(ISOTime.milliseconds(text) == Int64(read.timeIntervalSince1970) * 1_000)
        }
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T00:00:00Z", 951_782_400_000),
        ("2009-04-23T22:37:00Z", 1_240_526_220_000),
        ("1969-12-31T23:59:59Z", -1_000), ("1970-01-01T00:00:00.5Z", 500), ("1970-01-01T00:00:00.007Z", 7),
        ("1970-01-01T00:00:00.123456789Z", 123), ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ("2009-04-23T22:37:00+00:00", 1_240_526_220_000), ("2009-04-24T00:37:00.25+02:00", 1_240_526_220_250),
        ("2009-04-23 17:07:00-05:30", 1_240_526_220_000), ("2009-04-23 22:37:00Z", 1_240_526_220_000),
    ])
    func times(_ text: String, _ milliseconds: Int64) {
        #expect(ISOTime.milliseconds(text) == milliseconds)
    }

    @Test(arguments: [
        "", "2009-04-23", "2009-04-23T22:37:00", "2009-04-23_22:37:00Z", "2009-04-23T22:37:00+24:00",
        "2009-04-23T22:37:00+00:60", "2009-04-23T22:37:00+0000", "2009-04-23T22:37+00:00", "2009-04-23T22:37:00*00:00",
        "2009-04-23T22:37:00+-1:00",
        "2009-13-01T00:00:00Z", "2009-00-01T00:00:00Z", "2009-04-31T00:00:00Z", "2009-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z", "2009-04-00T00:00:00Z", "2009-04-23T24:00:00Z", "2009-04-23T23:60:00Z",
        "2009-04-23T23:59:61Z", "2009-04-23T22:37:00.Z", "2009-04-23T22:37:00.1234567890Z", "2009-04-23T22:37:0xZ",
        "2009-04-23T22:37:00,5Z", "-009-04-23T22:37:00Z", "é009-04-23T22:37:00Z",
    ])
    func noTimes(_ text: String) {
        #expect(ISOTime.milliseconds(text) == nil)
    }
}
