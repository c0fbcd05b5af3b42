import WebSocket

extension CloseCode {
    /// The client goes on without this connection: the server is silent, or says what nobody can understand.
    static let givenUp = CloseCode(rawValue: 4000)
}

extension CloseCode {
    /// What a connection that could not be opened counts as: an HTTP answer of a server, or of a balancer before it,
    /// that says there is too much to do is believed; whatever else it was may be better next time.
    init(failure: any Error) {
        self =
            switch failure as? ConnectError {
            case .refused(status: 429), .refused(status: 503): .overloaded
            default: .abnormal
            }
    }
}
