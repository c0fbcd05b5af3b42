import Testing

@testable import Channels

@Suite struct IndexMapTests {
    @Test func itAnswersLikeADictionary() {
        var random = SeededRandom(seed: 3)
        var map = IndexMap()
        var model: [UserIndex: UInt32] = [:]
        for _ in 0..<20_000 {
            let top: UInt32 = random.chance(0.5) ? 3_000 : 4_000_000
            let user = UInt32.random(in: 0...top, using: &random)
            if random.chance(0.6) {
                let channel = random.chance(0.3) ? 0 : UInt32.random(in: 1 ... .max, using: &random)
                map[user] = channel
                model[user] = channel
            }
            let asked = UInt32.random(in: 0...top, using: &random)
            #expect(map[asked] == model[asked, default: 0])
        }
        for (user, channel) in model { #expect(map[user] == channel) }
        #expect(map[.max] == 0)
    }
}
