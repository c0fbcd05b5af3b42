import Testing

@testable import CLI

@Suite struct NegativeNumberTests {
    @Test func numbersAreEscapedAndOptionsAreNot() {
        let arguments = [
            "encode", "-33.86", "-.5,1", "-1e-3", "-p7", "-p", "--format", "-", "-e", "--", "-1x", "1-2", "-,",
        ]
        let escaped = NegativeNumbers.escaped(arguments)
        #expect(escaped[1...3] == ["\u{2212}33.86", "\u{2212}.5,1", "\u{2212}1e-3"])
        #expect(escaped[0] == "encode" && escaped[4...] == arguments[4...])
        #expect(escaped.map(NegativeNumbers.restored) == arguments)
    }

    @Test func messagesAreOneLine() {
        #expect(StandardError.oneLine("a\nb\u{1B}[1mé") == #"a\u{a}b\u{1b}[1mé"#)
    }
}
