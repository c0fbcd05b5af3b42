import Crypto

/// The proof that a server understood the handshake (RFC 6455, section 4.2.2).
enum AcceptKey {
    private static let suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    static func make(from key: String) -> String {
        var hash = Insecure.SHA1()
        Array((key + suffix).utf8).withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Base64.encode(Array(hash.finalize()))
    }
}
