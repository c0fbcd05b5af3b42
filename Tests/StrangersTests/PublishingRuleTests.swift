import Geo
import Testing

@testable import Strangers

@Suite struct PublishingRuleTests {
    let blurred = BlurredCell(Geohash("u33dc1")!)!

    private func published(k: Int, precisions: [Int] = [4, 5, 6], _ counts: [Int: Int]) -> String? {
        PublishingRule.publishedCell(of: blurred, precisions: precisions, k: k) { counts[$0.precision] ?? 0 }?
            .geohash.description
    }

    @Test func theFinestThatEnoughShare() {
        #expect(published(k: 3, [6: 3, 5: 9, 4: 20]) == "u33dc1")
        #expect(published(k: 3, [6: 2, 5: 3, 4: 20]) == "u33dc")
        #expect(published(k: 3, [6: 2, 5: 2, 4: 3]) == "u33d")
        #expect(published(k: 3, [6: 2, 5: 2, 4: 2]) == nil)
        #expect(published(k: 1, [6: 1, 5: 1, 4: 1]) == "u33dc1")
    }

    @Test func onlyConfiguredPrecisions() {
        #expect(published(k: 2, precisions: [4, 6], [6: 1, 5: 2, 4: 2]) == "u33d")
        #expect(published(k: 2, precisions: [6], [6: 1, 5: 2, 4: 2]) == nil)
    }

    @Test func neverFinerThanBlurred() {
        let coarse = BlurredCell(Geohash("u33d")!)!
        let cell = PublishingRule.publishedCell(of: coarse, precisions: [4, 5, 6], k: 1) { _ in 5 }
        #expect(cell?.geohash.description == "u33d")
    }
}
