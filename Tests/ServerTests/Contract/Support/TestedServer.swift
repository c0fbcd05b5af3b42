import Channels

@testable import Server

/// A server that tests talk to over sockets: in this process, or in one of its own.
protocol TestedServer: Sendable {
    /// Where it, or whatever stands before it, listens on the loopback.
    var port: Int { get }
    /// Its time, milliseconds since the Unix epoch.
    var now: Int64 { get }
}

extension TestedServer {
    func token(
        _ user: String, lasting: Int64 = 30 * 86_400_000, secret: Secret = LiveServer.jwtSecret
    ) -> String {
        TokenIssuer(secret: secret).token(for: UserID(user)!, expires: now + lasting, issued: now)
    }
}
