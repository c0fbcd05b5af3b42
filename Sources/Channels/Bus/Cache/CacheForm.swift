internal import Channels
internal import NIOCore

/// Cached states as commands: key `loc:<id>`, a ``CacheValue``, written by the ``CacheScript``.
///
/// Ages are kept by the Redis server's own clock, which also expires the keys; processes know it relative to their own
/// (``serverClock``). So no two processes' clocks are ever compared.
final class CacheForm: PipeForm {
    static let keyPrefix: StaticString = "loc:"

    /// What is put into one command.
    private struct Write {
        let user: UserID
        let entry: CacheEntry
        /// Milliseconds.
        let lifetime: Int64
    }

    private let lifetime: Int64
    private let clock: @Sendable () -> Int64
    /// The server's clock less the own, milliseconds.
    private(set) var serverClock: Int64 = 0
    /// Whether the server has been given the script on this connection and has not forgotten it since, as far as it said.
    private var knowsScript = false
    private var writes: [Write] = []

    init(lifetime: Duration, clock: @escaping @Sendable () -> Int64) {
        self.lifetime = lifetime.milliseconds
        self.clock = clock
    }

    /// There is a connection; perhaps to a server that was restarted, or to another one.
    func opened(serverTime: Int64) {
        setServerTime(serverTime)
        knowsScript = false
    }

    func setServerTime(_ time: Int64) {
        serverClock = time - clock()
    }

    // MARK: Writing

    func write(
        from queue: inout ConflatingQueue<UserID, CacheEntry>, now: Int64, into writer: inout CommandWriter,
        noting note: (UserID, CacheEntry, _ isLast: Bool) -> Void
    ) {
        while writes.count < CacheScript.maximumUsers, let (user, entry) = queue.takeFirst() {
            let rest = rest(of: entry.state, now: now)
            // It would be gone at once.
            if rest > 0 { writes.append(Write(user: user, entry: entry, lifetime: rest)) }
        }
        guard !writes.isEmpty else { return }
        writeCommand(now: now, into: &writer)
        for (number, write) in writes.enumerated() { note(write.user, write.entry, number == writes.count - 1) }
        writes.removeAll(keepingCapacity: true)
    }

    /// How long a state counts from now on, milliseconds. What hides a user counts as long as a location that was heard
    /// just now, so that it outlives every location that was heard before it is written.
    private func rest(of state: UserState, now: Int64) -> Int64 {
        CacheValue.isShown(state) ? lifetime - Int64(Age.of(heard: state.heard, now: now)) : lifetime
    }

    private func writeCommand(now: Int64, into writer: inout CommandWriter) {
        let arguments = 2 + 3 * writes.count
        if knowsScript {
            writer.writeCommandStart("EVALSHA", arguments: arguments)
            writer.writeArgument(CacheScript.digest, "")
        } else {
            writer.writeCommandStart("EVAL", arguments: arguments)
            writer.writeArgument(CacheScript.text, "")
            knowsScript = true
        }
        writer.writeArgument("", String(writes.count))
        for write in writes { writer.writeArgument(Self.keyPrefix, write.user.string) }
        for write in writes {
            writer.writeArgument("", String(write.lifetime))
            CacheValue.write(write.entry.state, now: now, serverClock: serverClock, into: &writer)
        }
    }

    func taken(of count: Int, _ answer: borrowing RESPReply) -> Int {
        min(max(answer.integer ?? 0, 0), count)
    }

    func mustRepeat(_ error: borrowing RESPReply) -> Bool {
        guard error.bytes.starts(with: UnsafeRawBufferPointer("NOSCRIPT")) else { return false }
        knowsScript = false
        return true
    }

    // MARK: Reading

    static func writeRead(_ users: some Collection<UserID>, into writer: inout CommandWriter) {
        writer.writeCommandStart("MGET", arguments: users.count)
        for user in users { writer.writeArgument(keyPrefix, user.string) }
    }

    /// A state from a value; `nil` if it is none, or its lifetime is over.
    func read(_ bytes: UnsafeRawBufferPointer) -> UserState? {
        let now = clock()
        guard let state = CacheValue.read(bytes, now: now, serverClock: serverClock),
            !CacheValue.isShown(state) || state.heard > now - lifetime
        else { return nil }
        return state
    }
}
