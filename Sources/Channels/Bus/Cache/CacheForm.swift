internal import Channels

/// Cached locations: key `loc:<id>`, value version (1), time of writing (8) and the state's form.
///
/// Ages are kept by the Redis server's own clock, which also expires the keys; processes know it relative to their own
/// (``serverClock``). So no two processes' clocks are ever compared.
final class CacheForm: PipeForm {
    static let version: UInt8 = 1
    static let keyPrefix: StaticString = "loc:"
    private static let length = 9 + UserState.formLength

    private let lifetime: Int64
    private let clock: @Sendable () -> Int64
    /// The server's clock less the own, milliseconds.
    private(set) var serverClock: Int64 = 0

    init(lifetime: Duration, clock: @escaping @Sendable () -> Int64) {
        self.lifetime = lifetime.milliseconds
        self.clock = clock
    }

    func setServerTime(_ time: Int64) {
        serverClock = time - clock()
    }

    func write(
        _ value: CacheEntry, for key: UserID, now: Int64, into writer: inout CommandWriter,
        noting note: (UserID, CacheEntry) -> Void
    ) {
        guard case .state(let state) = value else {
            writer.writeCommandStart("DEL", arguments: 1)
            writer.writeArgument(Self.keyPrefix, key.string)
            return note(key, value)
        }
        let rest = lifetime - Int64(Age.of(heard: state.heard, now: now))
        // It would be gone at once.
        guard rest > 0 else { return }
        writer.writeCommandStart("PSETEX", arguments: 3)
        writer.writeArgument(Self.keyPrefix, key.string)
        writer.writeArgument("", String(rest))
        writer.writeArgument(count: Self.length) {
            $0.write(Self.version)
            $0.write(now + serverClock)
            state.writeForm(into: &$0, now: now)
        }
        note(key, value)
    }

    static func writeRead(_ users: some Collection<UserID>, into writer: inout CommandWriter) {
        writer.writeCommandStart("MGET", arguments: users.count)
        for user in users { writer.writeArgument(keyPrefix, user.string) }
    }

    /// A state from a value; `nil` if it is none, or its lifetime is over.
    func read(_ bytes: UnsafeRawBufferPointer) -> UserState? {
        var reader = ByteReader(bytes)
        guard bytes.count == Self.length, reader.read(UInt8.self) == Self.version,
            let written = reader.read(Int64.self)
        else { return nil }
        let now = clock()
        // In the own clock; the server's may have been set back since.
        let (writtenHere, overflow) = written.subtractingReportingOverflow(serverClock)
        guard !overflow, writtenHere > now - lifetime,
            let state = UserState(readingForm: &reader, now: min(writtenHere, now)), state.heard > now - lifetime
        else { return nil }
        return state
    }
}
