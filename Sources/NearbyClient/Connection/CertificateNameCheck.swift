import NIOCore
import NIOSSL
import NIOTLS

/// Stands behind TLS until the server's certificate is known to be for the name that was asked for; lets nothing in before.
///
/// TLS by itself is content with a certificate for the address that the name led to: whoever can forge answers of the
/// DNS can have one for an address of their own.
final class CertificateNameCheck: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let name: String

    /// - Parameter name: A host's, not an address.
    init(name: String) { self.name = name }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event {
            guard isServerKnown(context) else {
                context.fireErrorCaught(ConnectError.untrusted)
                return context.close(promise: nil)
            }
            context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.close(promise: nil) }

    private func isServerKnown(_ context: ChannelHandlerContext) -> Bool {
        let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
        return certificate?.names.contains { Self.covers($0, name) } ?? false
    }

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
    /// The names of hosts that it is for.
    fileprivate var names: [String] {
        _subjectAlternativeNames().filter { $0.nameType == .dnsName }.map {
            String(decoding: $0.contents, as: UTF8.self)
        }
    }
}
