import Testing

@testable import CLI

@Suite struct DecimalNumberTests {
    @Test(arguments: ["0", "-0", "1", "+1", "-1.5", ".5", "5.", "1e3", "1E+3", "-1e-3", "007", "\u{2212}2.5"])
    func numbers(_ text: String) {
        let expected = Double(text.replacing("\u{2212}", with: "-"))
        #expect(DecimalNumber.parse(text)?.bitPattern == expected?.bitPattern)
    }

    @Test(arguments: [
        "", "-", "+", ".", "-.", "e3", "1e", "1e+", "1.2.3", "1 ", " 1", "--1", "+-1", "-+1", "\u{2212}-1", "0x10",
        "inf",
        "nan", "1_0", "1,0", "1e3.5", "١", "1e400", "1e99999999999999999999",
    ])
    func noNumbers(_ text: String) {
        #expect(DecimalNumber.parse(text) == nil)
    }

    /// Both the quick way and the long one are rounded as the standard library rounds.
    @Test func everyDigitCounts() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<100_000 {
            let digits = (0..<Int.random(in: 1...24, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }.joined()
            let point = Int.random(in: 0...digits.count, using: &generator)
            var text =
                (Bool.random(using: &generator) ? "-" : "") + digits.prefix(point) + "." + digits.dropFirst(point)
            if Bool.random(using: &generator) { text += "e\(Int.random(in: -330...300, using: &generator))" }
            // The standard library wants a digit before the point.
            let expected = Double(
                text.replacing("-.", with: "-0.").replacing(#/^\./#, with: "0.").replacing(".e", with: "e"))
            let wanted = expected.flatMap { $0.isFinite ? $0 : nil }
            #expect(DecimalNumber.parse(text)?.bitPattern == wanted?.bitPattern, "\(text)")
        }
    }

    @Test func textsReadBackAsTheSameNumber() {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<20_000 {
            let number = Double(bitPattern: generator.next())
            guard number.isFinite, number != 0 else { continue }
            let text = number.plainText
            #expect(Double(text) == number)
            #expect(!text.contains("e") && !text.hasSuffix(".0"), "\(text)")
        }
        #expect(
            [0, -0.0, 1, -1, 0.1, 1e-7, 1e16, 1.5e17, -2.5e-8, 123456789].map(\.plainText) == [
                "0", "0", "1", "-1", "0.1", "0.0000001", "10000000000000000", "150000000000000000", "-0.000000025",
                "123456789",
            ])
    }
}
