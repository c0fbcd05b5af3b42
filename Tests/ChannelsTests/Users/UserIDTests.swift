import Testing

@testable import Channels

@Suite struct UserIDTests {
    @Test(arguments: ["a", "Z", "0", "._-", "AZaz09", String(repeating: "x", count: 64)])
    func valid(text: String) {
        #expect(UserID(text)?.string == text)
        #expect(Array(text.utf8).withUnsafeBytes { UserID(utf8: $0) }?.string == text)
    }

    @Test(arguments: [
        "", " ", "a b", "ä", "a/b", "a\"", "\0", "a\n", "@", "[", String(repeating: "x", count: 65),
    ])
    func invalid(text: String) {
        #expect(UserID(text) == nil)
        #expect(Array(text.utf8).withUnsafeBytes { UserID(utf8: $0) } == nil)
    }

    @Test func theAlphabetIsExactlyTheOneOfTheContract() {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-".utf8)
        for byte in UInt8.min ... .max {
            #expect(([byte].withUnsafeBytes { UserID(utf8: $0) } != nil) == allowed.contains(byte))
        }
    }

    @Test func idsAreOrderedAsText() {
        #expect(UserID("person-111")! < UserID("person-2")!)
        #expect(!(UserID("b")! < UserID("a")!))
    }
}
