import Geo
import Testing

@testable import Strangers

@Suite struct SettingsTests {
    typealias Problem = StrangerSettings.Problem

    @Test func theDefaultsAreTheContracts() throws {
        let settings = try StrangerSettings()
        #expect(settings.precisions == [4, 5, 6] && settings.radius.metres == 2_000 && settings.k == 3)
        #expect(settings.tickMilliseconds == 30_000 && settings.expireMilliseconds == 3_600_000)
        #expect(settings.inactivityMilliseconds == 600_000 && settings.sampleSize == 50)
    }

    @Test func eachLimitInAPair() throws {
        #expect(try StrangerSettings(precisions: [6, 4]).precisions == [4, 6])
        for precisions in [[], [3], [7], [4, 5, 6, 7], [5, 5]] {
            #expect(throws: Problem.precisions) { try StrangerSettings(precisions: precisions) }
        }
        #expect(throws: Problem.k) { try StrangerSettings(k: 0) }
        #expect(try StrangerSettings(k: 1).k == 1)
        #expect(throws: Problem.tick) { try StrangerSettings(tickMilliseconds: 0) }
        #expect(throws: Problem.tick) { try StrangerSettings(tickMilliseconds: 86_400_001) }
        #expect(try StrangerSettings(tickMilliseconds: 86_400_000).tickMilliseconds == 86_400_000)
        #expect(throws: Problem.expire) { try StrangerSettings(expireMilliseconds: 0) }
        #expect(throws: Problem.expire) { try StrangerSettings(expireMilliseconds: 7 * 86_400_000 + 1) }
        #expect(throws: Problem.inactivity) { try StrangerSettings(inactivityMilliseconds: 0) }
        #expect(throws: Problem.inactivity) { try StrangerSettings(inactivityMilliseconds: 7 * 86_400_000 + 1) }
        #expect(throws: Problem.minimumSide) { try StrangerSettings(minimumSide: -1) }
        #expect(throws: Problem.minimumSide) { try StrangerSettings(minimumSide: .nan) }
        #expect(throws: Problem.minimumSide) { try StrangerSettings(minimumSide: 19_501) }
        #expect(throws: Problem.sampleSize) { try StrangerSettings(sampleSize: 0) }
        #expect(throws: Problem.sampleSize) { try StrangerSettings(sampleSize: 256) }
        #expect(try StrangerSettings(minimumSide: 19_500, sampleSize: 255).sampleSize == 255)
    }
}
