import Testing

@testable import Server

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("30s", .seconds(30)), ("10min", .seconds(600)),
        ("1h", .seconds(3_600)), ("30d", .seconds(2_592_000)), ("0s", .zero), ("0ms", .zero),
        ("1.5h", .seconds(5_400)), ("0.25s", .milliseconds(250)), ("1.001s", .milliseconds(1_001)),
        ("999999999999ms", .milliseconds(999_999_999_999)),
    ])
    func durations(_ text: String, _ expected: Duration) {
        #expect(DurationText.parse(text) == expected)
    }

    @Test(arguments: [
        "", "s", "30", "30 s", " 30s", "30s ", "-1s", "+1s", "1m", "1S", "1sec", "1e3s", "0.5ms", ".5s", "1.s",
        "1.2.3s", "1.0001s", "1000000000000ms", "999999999999d", "٣s", "0x1s", "1,5s",
    ])
    func otherTexts(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(arguments: ["0s", "1ms", "250ms", "1s", "90s", "10min", "1h", "36h", "30d"])
    func theShortestTextComesBack(_ text: String) throws {
        #expect(DurationText.format(try #require(DurationText.parse(text))) == text)
    }
}
