import NIOSSL

/// Whose certificates count for servers at `wss:`. A server always has to show one, in date, for the name or address
/// that it was reached by: there is no way to switch that off.
public struct ServerTrust: Sendable {
    private let roots: NIOSSLTrustRoots

    /// The certificate authorities that the system trusts.
    public static let system = ServerTrust(roots: .default)

    /// Those in a file, in PEM, and no others.
    public init(pemFile path: String) throws(UnreadableRoots) {
        try self.init { try NIOSSLCertificate.fromPEMFile(path) }
    }

    /// Those given, each in DER, and no others.
    public init(der certificates: [[UInt8]]) throws(UnreadableRoots) {
        try self.init { try certificates.map { try NIOSSLCertificate(bytes: $0, format: .der) } }
    }

    /// There is no certificate, or what is there is none.
    public struct UnreadableRoots: Error, Hashable, Sendable {}

    private init(roots: NIOSSLTrustRoots) { self.roots = roots }

    private init(_ load: () throws -> [NIOSSLCertificate]) throws(UnreadableRoots) {
        guard let certificates = try? load(), !certificates.isEmpty else { throw UnreadableRoots() }
        roots = .certificates(certificates)
    }

    /// Reads the system's authorities if they are to be trusted, which takes milliseconds.
    func makeContext() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        configuration.applicationProtocols = ["http/1.1"]
        configuration.trustRoots = roots
        return try NIOSSLContext(configuration: configuration)
    }
}
