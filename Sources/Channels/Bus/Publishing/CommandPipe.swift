internal import Logging
internal import NIOCore

/// How the things that wait in a ``CommandPipe`` become commands.
protocol PipeForm {
    associatedtype Key: Hashable
    associatedtype Value: Waiting

    /// Takes one entry or more that wait, writes their commands, and notes in the commands' order what has to be given
    /// back if no answer comes; the last of what one command holds as such.
    func write(
        from queue: inout ConflatingQueue<Key, Value>, now: Int64, into writer: inout CommandWriter,
        noting note: (_ key: Key, _ value: Value, _ isLast: Bool) -> Void)

    /// How many of the `count` that a command held the server has taken, by its answer.
    func taken(of count: Int, _ answer: borrowing RESPReply) -> Int

    /// Whether the error says that the command did nothing and is to be sent anew.
    func mustRepeat(_ error: borrowing RESPReply) -> Bool
}

/// What a pipe tells its owner, on the loop.
protocol CommandPipeOwner: AnyObject {
    func pipeChanged(_ number: Int, _ failure: RedisFailure?, serverTime: Int64)
    /// The answers that had come are handled.
    func pipePaused()
}

/// The connection that one server gets commands on: what waits for it, what it has not answered yet, and what becomes of
/// both when the connection is lost.
///
/// Redis answers every command, so what it has is known. Everything else goes back to the queue, behind what came for the
/// same key since then, and is sent again on the next connection: doubles are harmless, gaps would not be.
final class CommandPipe<Form: PipeForm> {
    typealias Answer = (borrowing RESPReply) -> Void

    private enum Unanswered {
        /// `isLast`: the command's answer is the next; otherwise more of the same command follows.
        case entry(Form.Key, Form.Value, isLast: Bool)
        /// A question, and whom to tell.
        case question(Answer, onLoss: () -> Void)
    }

    let number: Int
    private let form: Form
    private let settings: BusSettings
    private let clock: @Sendable () -> Int64
    /// From start to stop.
    private var owner: (any CommandPipeOwner)?
    private var queue: ConflatingQueue<Form.Key, Form.Value>
    private var unanswered: CircularBuffer<Unanswered> = []
    private var link: RedisLink?
    private(set) var counts = PipeCounts()

    init(
        number: Int, url: RedisURL, form: Form, environment: LinkEnvironment, clock: @escaping @Sendable () -> Int64
    ) {
        self.number = number
        self.form = form
        self.clock = clock
        settings = environment.settings
        queue = ConflatingQueue(maximumCount: environment.settings.maximumWaiting)
        let events = RedisLinkEvents(
            opened: { [unowned self] in opened(serverTime: $0) }, failed: { [unowned self] in failed($0) },
            received: { [unowned self] in received($0) }, paused: { [unowned self] in paused() },
            becameWritable: { [unowned self] in pump() })
        link = RedisLink(url, purpose: .commands, environment, events)
    }

    /// The owner is held until the stop.
    func start(_ owner: any CommandPipeOwner) {
        self.owner = owner
        link?.start()
    }

    func stop() {
        link?.stop()
        owner = nil
    }

    var isIdle: Bool { queue.isEmpty && unanswered.isEmpty }
    var bytes: (received: Int, sent: Int) { (link?.bytesReceived ?? 0, link?.bytesSent ?? 0) }
    var openings: Int { link?.openings ?? 0 }
    var waiting: Int { queue.count }

    /// Adds to what waits; ``pump()`` sends.
    func put(_ value: Form.Value, for key: Form.Key) {
        if !queue.put(value, for: key) { counts.dropped += value.count }
    }

    /// Adds something older than what may wait already.
    func putBack(_ value: Form.Value, for key: Form.Key) {
        if !queue.putBack(value, for: key) { counts.dropped += value.count }
    }

    /// Sends as much of what waits as the server may have unanswered, in one write.
    func pump() {
        guard !queue.isEmpty, let connection = link?.open else { return flush() }
        let now = clock()
        while unanswered.count < settings.maximumUnanswered, connection.isWritable, !queue.isEmpty {
            var commands = 0
            connection.write { writer in
                form.write(from: &queue, now: now, into: &writer) { key, value, isLast in
                    unanswered.append(.entry(key, value, isLast: isLast))
                    if isLast { commands += 1 }
                }
            }
            connection.expect(answers: commands)
        }
        connection.flush()
    }

    /// Asks something ahead of everything that waits.
    ///
    /// - Returns: `false` if there is no connection, or too much is unanswered already.
    func ask(_ write: (inout CommandWriter) -> Void, onLoss: @escaping () -> Void, _ answer: @escaping Answer) -> Bool {
        guard let connection = link?.open, unanswered.count < settings.maximumUnanswered else { return false }
        connection.write(write)
        connection.expect(answers: 1)
        unanswered.append(.question(answer, onLoss: onLoss))
        return true
    }

    func flush() { link?.open?.flush() }

    /// Everything that waits, and nothing waits any more.
    func takeAll() -> [(key: Form.Key, value: Form.Value)] {
        var all: [(key: Form.Key, value: Form.Value)] = []
        while let entry = queue.takeFirst() { all.append(entry) }
        return all
    }
}

// What the link tells.
extension CommandPipe {
    private func opened(serverTime: Int64) {
        owner?.pipeChanged(number, nil, serverTime: serverTime)
        pump()
    }

    private func failed(_ failure: RedisFailure) {
        let lost = unanswered
        unanswered.removeAll()
        // The newest first, so that of two with one key the newer one wins.
        for entry in lost.reversed() {
            switch entry {
            case .entry(let key, let value, _): giveBack(value, for: key)
            case .question(_, let onLoss): onLoss()
            }
        }
        owner?.pipeChanged(number, failure, serverTime: 0)
    }

    private func giveBack(_ value: Form.Value, for key: Form.Key) {
        if queue.putBack(value, for: key) {
            counts.returned += value.count
        } else {
            counts.dropped += value.count
        }
    }

    private func received(_ reply: borrowing RESPReply) {
        if reply.isError, Self.isUnable(reply) {
            // All that waits for an answer goes back, and to the server once it is able again.
            link?.drop(RedisFailure(.refused, reply.code))
            return
        }
        guard let first = unanswered.popFirst() else {
            link?.drop(RedisFailure(.malformed, "an answer too many"))
            return
        }
        switch first {
        case .entry(let key, let value, let isLast): answered((key, value, isLast), reply)
        case .question(let answer, _): answer(reply)
        }
    }

    /// A command is answered that began with `first`.
    private func answered(_ first: (key: Form.Key, value: Form.Value, isLast: Bool), _ reply: borrowing RESPReply) {
        let mustRepeat = reply.isError && form.mustRepeat(reply)
        var (entry, count) = (first, 0)
        while true {
            count += entry.value.count
            if mustRepeat { giveBack(entry.value, for: entry.key) }
            guard !entry.isLast, case .entry(let key, let value, let isLast)? = unanswered.popFirst() else { break }
            entry = (key, value, isLast)
        }
        guard !mustRepeat else { return }
        guard !reply.isError else { return counts.refused += count }
        let taken = form.taken(of: count, reply)
        counts.acknowledged += taken
        counts.outranked += count - taken
    }

    /// Whether the server says that it serves nobody for now.
    private static func isUnable(_ reply: borrowing RESPReply) -> Bool {
        let bytes = reply.bytes
        return bytes.starts(with: UnsafeRawBufferPointer("LOADING"))
            || bytes.starts(with: UnsafeRawBufferPointer("READONLY"))
            || bytes.starts(with: UnsafeRawBufferPointer("MASTERDOWN"))
    }

    private func paused() {
        pump()
        owner?.pipePaused()
    }
}
