import NIOSSL

/// A name of hosts, as a certificate has it.
enum CertificateName {
    /// Whether a certificate for `pattern`, which may begin with `*.`, is for `name` (RFC 9525, section 6.3).
    static func covers(_ pattern: String, _ name: String) -> Bool {
        let (pattern, host) = (pattern.lowercased(), name.lowercased())
        let name = host.hasSuffix(".") ? host.dropLast() : host[...]
        guard pattern.hasPrefix("*.") else { return pattern == name }
        guard let dot = name.firstIndex(of: "."), dot > name.startIndex else { return false }
        return pattern.dropFirst() == name[dot...] && name[dot...].dropFirst().contains(".")
    }
}

extension NIOSSLCertificate {
    func isFor(_ host: String) -> Bool {
        _subjectAlternativeNames().contains {
            $0.nameType == .dnsName && CertificateName.covers(String(decoding: $0.contents, as: UTF8.self), host)
        }
    }
}
