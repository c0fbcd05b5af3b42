import Foundation
import Testing

@testable import Server

@Suite struct Base64URLTests {
    @Test func itIsWhatFoundationWrites() {
        var random = SeededGenerator(seed: 5)
        for length in 0...70 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = Data(bytes).base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
            #expect(String(decoding: Base64URL.encode(bytes), as: UTF8.self) == text)
            #expect(Base64URL.decode(text.utf8) == bytes)
        }
    }

    @Test(arguments: ["A", "AAAAA", "AA==", "AAA=", "A A", "AA\n", "+A", "/A", "AB", "AAB", "ÄA", "A.", "AA\u{0}A"])
    func otherTextsAreRefused(_ text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }
}
