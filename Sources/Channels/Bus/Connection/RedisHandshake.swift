internal import NIOCore

/// What is said on a new connection before anything else: protocol and credentials in one command, the database, whether
/// it is the master where sentinels say so, and the server's clock.
struct RedisHandshake {
    private enum Step {
        case hello, select, role, time
    }

    enum Progress: Equatable {
        case waiting
        /// All is accepted. Milliseconds since the Unix epoch by the server's clock.
        case done(serverTime: Int64)
        case failed(RedisFailure)
    }

    private var steps: CircularBuffer<Step> = []

    /// Writes everything at once: a refusal is noticed as early, and it costs one round trip.
    mutating func begin(_ url: RedisURL, clientName: String, into writer: inout CommandWriter) {
        if let password = url.password {
            writer.writeCommand("HELLO", "2", "AUTH", url.user ?? "default", password, "SETNAME", clientName)
        } else {
            writer.writeCommand("HELLO", "2", "SETNAME", clientName)
        }
        steps.append(.hello)
        if url.database != 0 {
            writer.writeCommand("SELECT", String(url.database))
            steps.append(.select)
        }
        if url.master != nil {
            writer.writeCommand("ROLE")
            steps.append(.role)
        }
        writer.writeCommand("TIME")
        steps.append(.time)
    }

    mutating func receive(_ reply: borrowing RESPReply) -> Progress {
        guard !reply.isError else {
            let hint = steps.first == .hello && reply.code == "ERR" ? ": is it Redis 7 or later?" : ""
            return .failed(RedisFailure(.refused, reply.code + hint))
        }
        guard let step = steps.popFirst() else { return .failed(RedisFailure(.malformed)) }
        // A former master that came back, or one that a sentinel names that has slept: writing there would be lost.
        if step == .role, !reply.begins(with: "master") {
            return .failed(RedisFailure(.refused, "the server is not the master"))
        }
        guard step == .time else { return .waiting }
        guard let time = Self.milliseconds(reply) else { return .failed(RedisFailure(.malformed)) }
        return .done(serverTime: time)
    }

    /// The answer of `TIME`: seconds and microseconds.
    static func milliseconds(_ reply: borrowing RESPReply) -> Int64? {
        guard reply.count == 2, let seconds = number(reply.bytes(at: 0)), let micros = number(reply.bytes(at: 1))
        else { return nil }
        return seconds * 1_000 + micros / 1_000
    }

    private static func number(_ bytes: UnsafeRawBufferPointer?) -> Int64? {
        guard let bytes, bytes.count <= 12 else { return nil }
        return Int64(String(decoding: bytes, as: UTF8.self))
    }
}
