import Foundation
import Testing

@testable import Server

/// Mutated messages, with Foundation's parser as the oracle of what is valid JSON.
///
/// Known differences, which the comparison leaves out: Foundation takes an object with a key twice, more than
/// 8 levels, and a comma before a closing bracket, and it refuses numbers too great for a Double. It also takes
/// UTF-16 and a byte order mark, which the pieces here cannot make.
@Suite struct JSONFuzzTests {
    private static let seeds = [
        #"{"type":"location","lat":40.7127837,"lon":-74.0059413,"ts":1700000000123,"accuracy_m":12.5}"#,
        #"{"type":"hello","token":"a.b.c","lat":-0.0,"lon":1e2,"ts":17,"strangers":{"on":true,"radius_m":5e2}}"#,
        #"{"seq":1,"type":"block","user":"\u0061\ud83d\ude00","x":[null,{"a":[]},{"b":{}}, -1.5E+10, "é\n"]}"#,
    ]

    private static let pieces = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "0", "-", "+", ".", "e", "E", "1",
        "true", "null", "NaN", " ", "\n", "\t", "\u{1}", "é", "\"a\":", "1e5", "01", "\u{7f}",
    ]

    private func mutated(_ text: String, _ random: inout SeededGenerator) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<Int.random(in: 0...4, using: &random) where !scalars.isEmpty {
            let place = scalars.indices.randomElement(using: &random)!
            let end = min(place + Int.random(in: 1...6, using: &random), scalars.count)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: scalars.removeSubrange(place..<end)
            case 1: scalars.insert(contentsOf: Self.pieces.randomElement(using: &random)!.unicodeScalars, at: place)
            case 2:
                scalars.replaceSubrange(
                    place..<end, with: Self.pieces.randomElement(using: &random)!.unicodeScalars)
            default:
                scalars.insert(contentsOf: scalars[place..<end], at: scalars.indices.randomElement(using: &random)!)
            }
        }
        var result = ""
        result.unicodeScalars.append(contentsOf: scalars)
        return result
    }

    private func outcome(_ text: String) -> Result<Void, JSONError> {
        Array(text.utf8).withUnsafeBytes { raw in
            do throws(JSONError) {
                var scanner = JSONScanner(raw)
                _ = try scanner.nextValue()
                return .success(try scanner.end())
            } catch {
                return .failure(error)
            }
        }
    }

    /// Whether there is an exponent of three digits, or a comma before a closing bracket.
    private func isTakenDifferently(_ text: String) -> Bool {
        var digitsOfExponent: Int?
        var afterComma = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "e"), UInt8(ascii: "E"): digitsOfExponent = 0
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digitsOfExponent? += 1
            case UInt8(ascii: "+"), UInt8(ascii: "-"): break
            default: digitsOfExponent = nil
            }
            if digitsOfExponent == 3 { return true }
            switch byte {
            case UInt8(ascii: ","): afterComma = true
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if afterComma { return true }
            case 0x20, 0x09, 0x0A, 0x0D: break
            default: afterComma = false
            }
        }
        return false
    }

    @Test func validityIsThatOfFoundation() {
        var random = SeededGenerator(seed: 20_261_121)
        var valid = 0
        var broken = 0
        for _ in 0..<20_000 {
            let text = mutated(Self.seeds.randomElement(using: &random)!, &random)
            if isTakenDifferently(text) { continue }
            let isValid = (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil
            switch outcome(text) {
            case .success:
                valid += 1
                #expect(isValid, "only the scanner takes \(text)")
            case .failure(.syntax):
                broken += 1
                #expect(!isValid, "only the scanner refuses \(text)")
            case .failure:
                break
            }
        }
        // A fuzzer that finds only one kind would prove nothing.
        #expect(valid > 2_000)
        #expect(broken > 2_000)
    }

    @Test func noMessageTraps() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            var bytes = Array(mutated(Self.seeds.randomElement(using: &random)!, &random).utf8)
            // A message that ends anywhere, as long as it is UTF-8.
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            guard String(validating: bytes, as: UTF8.self) != nil else { continue }
            let reading = bytes.withUnsafeBytes { ClientMessage.parse($0) }
            if case .failure(let rejection) = reading.outcome {
                #expect([.badMessage, .badLocation, .badRadius, .badToken].contains(rejection.code))
            }
        }
    }
}
