import WebSocket

extension CloseCode {
    /// The codes that are counted by themselves. All others come from clients, which may send any of
    /// thousands, and are counted together.
    static let named: [CloseCode] = [
        .normal, .goingAway, .protocolError, .unsupportedData, .noStatus, .abnormal, .invalidText,
        .policyViolation, .tooBig, .fault, .restart, .overloaded, .tokenExpired, .noPong, .tooManySessions,
        .rateLimited, .badToken, .noHello, .revoked,
    ]
}

extension EdgeCounters {
    /// How many connections were closed with each of ``WebSocket/CloseCode/named``, and with any other code.
    var closedByName: (named: [(code: CloseCode, count: UInt64)], others: UInt64) {
        let named = CloseCode.named.map { (code: $0, count: closed[$0] ?? 0) }
        let all = closed.values.reduce(0, +)
        return (named, all - named.reduce(0) { $0 + $1.count })
    }
}
