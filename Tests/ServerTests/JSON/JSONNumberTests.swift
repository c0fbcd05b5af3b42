import Foundation
import Testing

@testable import Server

@Suite struct JSONNumberTests {
    private func scan<Result>(_ text: String, _ body: (JSONScanner, JSONValue) -> Result) throws -> Result {
        try Array(text.utf8).withUnsafeBytes { raw in
            var scanner = JSONScanner(raw)
            let value = try scanner.nextValue()
            try scanner.end()
            #expect(value.kind == .number)
            return body(scanner, value)
        }
    }

    private func integer(_ text: String) throws -> Int64? {
        try scan(text) { $1.number.integer }
    }

    private func double(_ text: String) throws -> Double {
        try scan(text) { $0.double($1) }
    }

    @Test func wholeNumbersAreExactHoweverWritten() throws {
        for text in ["1000", "1e3", "1000.0", "1.000e3", "10000E-1", "0.1e4", "1000.0000000000000000000000000"] {
            #expect(try integer(text) == 1_000, "\(text)")
        }
        #expect(try integer("-0") == 0)
        #expect(try integer("0e999999999999") == 0)
        #expect(try integer("0.000") == 0)
        #expect(try integer("1700000000123") == 1_700_000_000_123)
        // Beyond the integers that a Double holds.
        #expect(try integer("9007199254740993") == 9_007_199_254_740_993)
        #expect(try integer("10000000000000000000000e-20") == 100)
    }

    @Test func wholeNumbersEndWithInt64() throws {
        #expect(try integer("9223372036854775807") == .max)
        #expect(try integer("9223372036854775808") == nil)
        #expect(try integer("-9223372036854775808") == .min)
        #expect(try integer("-9223372036854775809") == nil)
        #expect(try integer("1e18") == 1_000_000_000_000_000_000)
        #expect(try integer("1e19") == nil)
        #expect(try integer("18446744073709551616") == nil)
        #expect(try integer("99999999999999999999999999") == nil)
    }

    @Test func fractionsAreNoIntegers() throws {
        for text in ["0.5", "1e-1", "1000.1", "1e-30", "12345678901234567890123e-4", "1.00000000000000000000001"] {
            #expect(try integer(text) == nil, "\(text)")
        }
    }

    @Test func doublesOfNote() throws {
        #expect(try double("40.7127837") == 40.7127837)
        #expect(try double("-74.005941299999996") == -74.005941299999996)
        #expect(try double("-0").sign == .minus)
        #expect(try double("1e308") == 1e308)
        #expect(try double("1e400") == .infinity)
        #expect(try double("-1e400") == -.infinity)
        #expect(try double("1e-400") == 0)
        #expect(try double("4.9e-324") == .leastNonzeroMagnitude)
        #expect(try double("9007199254740993") == 9_007_199_254_740_992)
        #expect(try double("9007199254740993.0000000000001") == 9_007_199_254_740_994)
        #expect(try double(String(repeating: "9", count: 400)) == .infinity)
        #expect(try double("0." + String(repeating: "0", count: 300) + "1") == 1e-301)
    }

    /// Every way of conversion, against the system's.
    @Test func doublesAreTheNearest() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let text = randomNumber(&random)
            #expect(try double(text) == strtod(text, nil), "\(text)")
        }
    }

    /// Halfway between two Doubles and its neighbours: where rounding goes wrong first.
    @Test func tiesGoToEven() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<5_000 {
            let whole = UInt64.random(in: 1 << 53...1 << 54, using: &random) | 1
            for (digits, decimals) in [(whole, 0), (whole * 10 - 1, 1), (whole * 10, 1), (whole * 10 + 1, 1)] {
                let text = "\(digits)e-\(decimals)"
                #expect(try double(text) == strtod(text, nil), "\(text)")
            }
        }
    }

    /// The nineteen digits that come closest to halfway between two Doubles, on either side: what the quotient
    /// of 63 bits cannot tell from halfway, its remainder must.
    @Test func besideATieTheRemainderDecides() throws {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<2_000 {
            let odd = UInt64.random(in: 1 << 53..<1 << 54, using: &random) | 1
            let below = UInt64((UInt128(odd) * 10_000_000_000_000_000_000) >> 54)
            for digits in [below, below + 1] {
                let text = "0.\(digits)"
                #expect(try double(text) == strtod(text, nil), "\(text)")
            }
        }
    }

    private func randomNumber(_ random: inout SeededGenerator) -> String {
        let digits = Int.random(in: 1...22, using: &random)
        var text = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
        text = String(text.drop { $0 == "0" })
        if text.isEmpty { text = "0" }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: break
        case 1: text = String(text.prefix(1)) + "." + text.dropFirst() + "5"
        default: text = "0." + String(repeating: "0", count: Int.random(in: 0...9, using: &random)) + text
        }
        if Bool.random(using: &random) { text += "e\(Int.random(in: -40...40, using: &random))" }
        return (Bool.random(using: &random) ? "-" : "") + text
    }
}
