/// The only thing that a sentinel is asked: where the master of a name is now.
struct SentinelQuestion: Sendable {
    let master: String
    /// Whether a server on another machine may be named to a process that speaks without TLS to it.
    let allowsElsewhere: Bool

    init(master: String, isEncrypted: Bool, settings: BusSettings) {
        self.master = master
        allowsElsewhere = isEncrypted || settings.allowsPlaintext
    }

    func write(into writer: inout CommandWriter) {
        writer.writeCommand("SENTINEL", "GET-MASTER-ADDR-BY-NAME", master)
    }

    /// What an answer says. A password may be sent to that place next, so nothing but a host and a port will do.
    func read(_ reply: borrowing RESPReply) -> Result<RedisEndpoint, RedisFailure> {
        if reply.isError {
            return .failure(RedisFailure(.refused, "sentinel: \(reply.code)"))
        }
        if reply.kind == .null { return .failure(RedisFailure(.refused, "the sentinel knows no master of this name")) }
        guard reply.count == 2, let host = Self.text(reply.bytes(at: 0)), let port = Self.text(reply.bytes(at: 1)),
            let endpoint = RedisEndpoint(host: host, port: port)
        else { return .failure(RedisFailure(.malformed, "the sentinel's answer is no address")) }
        guard allowsElsewhere || endpoint.isLoopback else {
            let detail = "the sentinel names \(endpoint), which is on another machine, and there is no TLS"
            return .failure(RedisFailure(.untrusted, detail))
        }
        return .success(endpoint)
    }

    private static func text(_ bytes: UnsafeRawBufferPointer?) -> String? {
        bytes.flatMap { $0.count <= 253 ? String(validating: $0, as: UTF8.self) : nil }
    }
}
