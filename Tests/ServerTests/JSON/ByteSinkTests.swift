import Foundation
import Testing

@testable import Server

@Suite struct ByteSinkTests {
    private func written(_ write: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        write(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func integers() {
        for value in [0, 7, -7, 10, 1_700_000_000_123, Int64.max, Int64.min] {
            #expect(written { $0.append(integer: value) } == "\(value)")
        }
    }

    @Test(arguments: [
        (0, "0"), (1, "0.0000001"), (-1, "-0.0000001"), (10_000_000, "1"), (407_128_000, "40.7128"),
        (-740_059_413, "-74.0059413"), (900_000_000, "90"), (-1_800_000_000, "-180"), (-5_000_000, "-0.5"),
        (Int32.max, "214.7483647"), (Int32.min, "-214.7483648"),
    ])
    func degrees(_ value: Int32, _ text: String) {
        #expect(written { $0.append(degreesE7: value) } == text)
    }

    @Test(arguments: [
        (0, "0"), (1, "0.01"), (10, "0.1"), (1230, "12.3"), (160_934, "1609.34"), (500, "5"), (-25, "-0.25"),
        (Int64.max, "92233720368547758.07"), (Int64.min, "-92233720368547758.08"),
    ])
    func metres(_ value: Int64, _ text: String) {
        #expect(written { $0.append(centimetres: value) } == text)
    }

    @Test func whatIsWrittenParsesBack() throws {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<5_000 {
            let value = Int32.random(in: -1_800_000_000...1_800_000_000, using: &random)
            let text = written { $0.append(degreesE7: value) }
            #expect((try #require(Double(text)) * 1e7).rounded() == Double(value))
            #expect(!text.contains(".") || !text.hasSuffix("0"))
        }
    }

    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), ("a\"b\\c/d", #""a\"b\\c/d""#), ("\n\r\t", #""\n\r\t""#),
        ("\u{0}\u{1f}\u{8}", #""\u0000\u001f\u0008""#), ("\u{7f}é€😀", "\"\u{7f}é€😀\""), ("\\", #""\\""#),
    ])
    func strings(_ value: String, _ json: String) {
        #expect(written { $0.append(string: value) } == json)
    }

    @Test func anyStringComesBack() throws {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            var value = ""
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                let top: UInt32 = Bool.random(using: &random) ? 0x7F : 0x2FFF
                value.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: 0...top, using: &random))!)
            }
            let json = written { $0.append(string: value) }
            let back = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
            #expect(back as? String == value)
        }
    }
}
