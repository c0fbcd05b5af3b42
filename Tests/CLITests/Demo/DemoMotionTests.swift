import Geo
import NearbyClient
import Testing

@testable import CLI

@Suite struct DemoMotionTests {
    private let here = DemoCity.coordinate(x: 0, y: 0)

    private func fix(_ x: Double, _ y: Double, second: Int64) -> Fix {
        Fix(position: DemoCity.coordinate(x: x, y: y), timestamp: second * 1_000)
    }

    @Test(arguments: [
        (0.0, 1_000.0, 0.0, 986.0, "walking towards you"), (0, 1_000, 0, 1_014, "walking away from you"),
        (0, 1_000, 14, 1_000, "walking past you"), (0, 1_000, 0, 950, "cycling towards you"),
        (0, 1_000, 0, 900, "riding the metro towards you"), (0, 1_000, 2, 1_000, "standing still"),
        (0, 1_000, 10, 990, "walking towards you"), (0, 1_000, 12, 994, "walking past you"),
    ])
    func words(_ x: Double, _ y: Double, _ laterX: Double, _ laterY: Double, _ text: String) throws {
        let motion = DemoMotion(from: fix(x, y, second: 0), to: fix(laterX, laterY, second: 10), seenFrom: here)
        #expect(try #require(motion).text == text)
    }

    @Test func onlyForward() {
        #expect(DemoMotion(from: fix(0, 0, second: 1), to: fix(0, 9, second: 1), seenFrom: here) == nil)
        #expect(DemoMotion(from: fix(0, 0, second: 2), to: fix(0, 9, second: 1), seenFrom: here) == nil)
    }
}
