/// The answer to a call.
struct RESTReply: Sendable {
    let status: Int
    let text: String
    /// Its first line and its headers.
    let head: String

    var json: JSON { (try? JSON(text: text)) ?? .null }
}

/// Calls of the REST interface, each over a connection of its own.
extension TestedServer {
    /// - Parameter user: who calls; `nil` for the backend.
    func call(
        _ method: String, _ path: String, as user: String? = nil, _ body: JSON? = nil
    ) async throws -> RESTReply {
        let body = body?.description ?? ""
        let credentials = user.map { "Authorization: Bearer \(token($0))" } ?? "X-API-Key: \(LiveServer.apiKey)"
        let lines = [
            "\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", credentials, "Connection: close",
            "Content-Type: application/json", "Content-Length: \(body.utf8.count)", "", body,
        ]
        let peer = try await Peer.dial(port: port)
        peer.send(bytes: Array(lines.joined(separator: "\r\n").utf8))
        guard case .head(let head) = try await peer.hear(), let status = Int(head.dropFirst(9).prefix(3)),
            case .closed(_, let text) = try await peer.hear()
        else { throw Unexpected("no HTTP answer") }
        return RESTReply(status: status, text: text, head: head)
    }
}
