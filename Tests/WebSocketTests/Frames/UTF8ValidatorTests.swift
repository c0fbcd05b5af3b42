import Testing

@testable import WebSocket

@Suite struct UTF8ValidatorTests {
    /// Whether the bytes are valid, fed in pieces of at most `piece` bytes.
    private func accepts(_ bytes: [UInt8], piece: Int = .max) -> Bool {
        var validator = UTF8Validator()
        var rest = bytes[...]
        while !rest.isEmpty {
            let isFine = Array(rest.prefix(piece)).withUnsafeBytes { validator.consume($0) }
            guard isFine else { return false }
            rest = rest.dropFirst(piece)
        }
        return validator.isAtBoundary
    }

    @Test func agreesWithTheStandardLibraryOnEveryLeadAndContinuation() {
        let edges: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
        for lead in UInt8.min ... .max {
            for second in UInt8.min ... .max { check([lead, second]) }
        }
        for lead in UInt8(0xBF) ... .max {
            for second in edges {
                for third in edges {
                    check([lead, second, third])
                    for fourth in edges { check([lead, second, third, fourth]) }
                }
            }
        }
    }

    @Test func agreesWithTheStandardLibraryOnRandomTexts() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<3000 {
            var bytes = (0..<Int.random(in: 0...40, using: &random)).flatMap { _ -> [UInt8] in
                let scalar = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) ?? "x"
                return Array(String(scalar).utf8)
            }
            if !bytes.isEmpty, Bool.random(using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            check(bytes)
            #expect(accepts(bytes, piece: Int.random(in: 1...9, using: &random)) == accepts(bytes))
        }
    }

    private func check(_ bytes: [UInt8]) {
        let isValid = String(validating: bytes, as: UTF8.self) != nil
        if accepts(bytes) != isValid { Issue.record("\(bytes) is valid: \(isValid)") }
    }

    @Test func failsAtTheFirstWrongByte() {
        var validator = UTF8Validator()
        #expect([UInt8(0xF4)].withUnsafeBytes { validator.consume($0) })
        #expect(![UInt8(0x90)].withUnsafeBytes { validator.consume($0) })
    }
}
