import Testing

@testable import WebSocket

@Suite struct MaskTests {
    @Test(arguments: 0..<4)
    func equalsTheDefinitionForEveryPhaseAndLength(phase: Int) {
        let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        let word = key.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        for count in 0...40 {
            let source = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
            let expected = source.enumerated().map { $1 ^ key[($0 + phase) % 4] }
            var target = [UInt8](repeating: 0, count: count + 1)
            let isASCII = source.withUnsafeBytes { source in
                target.withUnsafeMutableBytes {
                    Mask.apply(word, phase: phase, from: source, to: $0.baseAddress!)
                }
            }
            #expect(target == expected + [0])
            #expect(isASCII == expected.allSatisfy { $0 < 0x80 })
        }
    }

    @Test func worksInPlace() {
        var bytes = Array("the quick brown fox".utf8)
        let original = bytes
        for _ in 0..<2 {
            bytes.withUnsafeMutableBytes {
                _ = Mask.apply(0x1234_5678, phase: 0, from: UnsafeRawBufferPointer($0), to: $0.baseAddress!)
            }
        }
        #expect(bytes == original)
    }
}
