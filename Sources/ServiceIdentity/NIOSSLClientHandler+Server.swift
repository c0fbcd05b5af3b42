import NIOCore
public import NIOSSL

extension NIOSSLClientHandler {
    /// TLS to one server; nothing is sent or received before the server's certificate is known to be for `host`.
    ///
    /// The handler by itself is content with a certificate for the address that a name led to: whoever can forge
    /// answers of the DNS can have one for an address of their own. This one asks for the name.
    ///
    /// - Parameters:
    ///   - host: A name, or an address: then the certificate has to be for the address.
    ///   - context: Verifies the chain and the host.
    /// - Throws: when the context refuses the name. Later the pipeline gets ``WrongCertificate``, or an error of NIOSSL.
    public static func forServer(_ host: String, context: NIOSSLContext) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        guard !isAddress else { return try NIOSSLClientHandler(context: context, serverHostname: nil) }
        return try _makeSSLClientHandler(context: context, serverHostname: host) { certificate, channel in
            guard certificate.isFor(host) else { return channel.eventLoop.makeFailedFuture(WrongCertificate()) }
            return channel.eventLoop.makeSucceededVoidFuture()
        }
    }
}
