import Testing

@testable import ServiceIdentity

@Suite struct CertificateNameTests {
    @Test(arguments: [
        ("a.example", "a.example", true), ("A.example", "a.EXAMPLE.", true), ("a.example", "b.example", false),
        ("*.b.example", "a.b.example", true), ("*.b.example", "b.example", false),
        ("*.b.example", "x.a.b.example", false), ("*.b.example", ".b.example", false),
        ("*.example", "a.example", false),
        ("*", "a", false), ("a*.b.example", "ab.b.example", false), ("", "a", false),
    ])
    func namesOfCertificates(pattern: String, name: String, isCovered: Bool) {
        #expect(CertificateName.covers(pattern, name) == isCovered)
    }
}
