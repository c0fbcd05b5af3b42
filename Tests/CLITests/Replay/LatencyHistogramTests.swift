import Testing

@testable import CLI

@Suite struct LatencyHistogramTests {
    @Test func nothing() {
        let empty = LatencyHistogram()
        #expect(empty.count == 0)
        #expect(empty.quantile(0.5) == 0)
        #expect(empty.maximum == 0)
    }

    /// Up to 255 µs every value has a bucket of its own.
    @Test func smallOnesAreExact() {
        for value in UInt64(0)...255 {
            var histogram = LatencyHistogram()
            histogram.add(microseconds: value)
            #expect(histogram.quantile(0.5) == value)
        }
    }

    @Test func everyOneWithinOnePercent() {
        var generator = SeededGenerator(seed: 2)
        for power in 8..<57 {
            for value in [
                1 << UInt64(power), UInt64.random(in: 1 << UInt64(power)..<2 << UInt64(power), using: &generator),
            ] {
                var histogram = LatencyHistogram()
                histogram.add(microseconds: value)
                let found = Double(histogram.quantile(0.5))
                #expect(abs(found - Double(value)) <= Double(value) * 0.01, "\(value)")
                #expect(histogram.maximum == value)
            }
        }
    }

    @Test func whatIsTooLongIsTheLongest() {
        var histogram = LatencyHistogram()
        histogram.add(microseconds: .max)
        #expect(histogram.count == 1)
        #expect(histogram.maximum == .max)
    }

    @Test(arguments: [0.0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999])
    func quantilesAsSorted(_ share: Double) {
        var generator = SeededGenerator(seed: 3)
        let values = (0..<10_000).map { _ in
            UInt64.random(in: 0...(1 << UInt64.random(in: 1...24, using: &generator)), using: &generator)
        }
        var (one, other) = (LatencyHistogram(), LatencyHistogram())
        for (index, value) in values.enumerated() {
            if index % 3 == 0 { one.add(microseconds: value) } else { other.add(microseconds: value) }
        }
        one.add(other)
        #expect(one.count == 10_000)
        #expect(one.maximum == values.max())
        let exact = Double(values.sorted()[Int(10_000 * share)])
        #expect(abs(Double(one.quantile(share)) - exact) <= exact * 0.01)
    }
}
