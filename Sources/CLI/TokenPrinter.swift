import Channels
import Foundation
import Server

/// Writes tokens to standard output, many lines at a time.
struct TokenPrinter {
    private static let bytesAtATime = 65_536

    private let issuer: TokenIssuer
    private let issued: Int64
    private let expires: Int64
    private var waiting = Data()

    /// All tokens are good from now on, for `ttl`.
    init(issuer: TokenIssuer, ttl: Duration) {
        self.issuer = issuer
        issued = Int64(Date().timeIntervalSince1970 * 1_000)
        expires = issued + ttl.components.seconds * 1_000
    }

    mutating func print(_ user: UserID) {
        waiting.append(contentsOf: issuer.token(for: user, expires: expires, issued: issued).utf8)
        waiting.append(UInt8(ascii: "\n"))
        if waiting.count >= Self.bytesAtATime { flush() }
    }

    mutating func flush() {
        FileHandle.standardOutput.write(waiting)
        waiting.removeAll(keepingCapacity: true)
    }
}
