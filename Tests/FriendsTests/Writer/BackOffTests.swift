import Testing

@testable import Friends

@Suite struct BackOffTests {
    @Test func thePauseDoublesUpToTheCap() {
        var generator = SplitMix64(seed: 1)
        var backOff = BackOff()
        #expect(backOff.pause(using: &generator) == .zero)
        var step = BackOff.first
        for _ in 1...100 {
            backOff.fail()
            let pause = backOff.pause(using: &generator)
            #expect(pause >= step / 2 && pause <= step)
            step = min(step * 2, BackOff.cap)
        }
        backOff.succeed()
        #expect(backOff.pause(using: &generator) == .zero)
    }
}
