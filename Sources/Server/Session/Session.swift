import Channels
import Friends
import Geo
import NIOCore
import Strangers
import Synchronization
import WebSocket

/// One client's connection, from the first byte to the last. What it may do depends on its
/// ``Phase``, and what only a welcomed session has lives in that case.
///
/// Owned by one event loop and touched there only.
final class Session: WebSocketDelegate {
    enum Phase {
        /// Nothing is known of the client; it has until the deadline to say `hello`.
        case greeting(deadline: Int64)
        /// The token was good; the user's friends are being loaded.
        case loading(Welcomed)
        case welcomed(Welcomed)
        case ended
    }

    /// Held until the connection is gone: it may outlast the loop's server part when the server stops.
    let loop: ServerLoop
    let connection: WebSocketConnection
    /// The place among the loop's connections.
    private(set) var entry = Deadlines.Entry(place: 0, tenancy: 0)
    var phase: Phase
    /// Messages that wait until an answer that is on its way has been given.
    private var waiting: MessageQueue?
    private var isAnswering = false
    /// What is to be said once that answer has been given.
    private var afterAnswer: [(Session) -> Void] = []
    /// What to do when the strangers' room has decided about a request to opt in.
    var onStrangersReady: ((Session) -> Void)?
    private var badMessagesInARow = 0
    private var locationBucket: TokenBucket
    /// For locations that replace one that was held back: each costs a reading.
    private var conflationBucket: TokenBucket
    private var requestBucket: TokenBucket
    private var rateViolations = RateViolations()
    /// What the client was told about staying silent; `nil` if it did not ask.
    var quiet: QuietOrder?
    /// The newest location that came too early.
    private var heldFix: ClientMessage.Fix?

    init(loop: ServerLoop, connection: WebSocketConnection) {
        self.loop = loop
        self.connection = connection
        let now = loop.now
        let messages = loop.core.settings.messages
        locationBucket = TokenBucket(perSecond: messages.perSecond, burst: messages.burst, now: now)
        requestBucket = locationBucket
        conflationBucket = TokenBucket(
            perSecond: messages.perSecond, burst: messages.burst * Limits.conflatedBursts, now: now)
        phase = .greeting(deadline: now + loop.core.settings.sessions.helloTimeout.milliseconds)
    }

    // MARK: WebSocketDelegate

    func opened() {
        entry = loop.add(self)
        if case .greeting(let deadline) = phase { loop.remind(self, at: deadline) }
        if loop.core.drainOrder.isGiven { loop.drain(self) }
    }

    func received(text: UnsafeRawBufferPointer) {
        loop.counters.messages += 1
        if isAnswering { takeWhileAnswering(text) } else { take(ClientMessage.parse(text)) }
        loop.workDone()
    }

    func received(binary: UnsafeRawBufferPointer) {
        connection.close(code: .unsupportedData, reason: "text messages only")
    }

    func becameWritable() {
        guard case .welcomed(let welcomed) = phase else { return }
        loop.shard.unblock(welcomed.session, now: loop.now)
        loop.workDone()
    }

    func closed(code: CloseCode, wasClean: Bool) {
        loop.counters.closed[code, default: 0] += 1
        leave()
        phase = .ended
        loop.remove(self)
        loop.workDone()
    }

    // MARK: Ending

    /// Closes the connection with a code.
    func end(code: CloseCode, reason: StaticString = "") {
        // What an erased user sent goes nowhere any more.
        if code == .revoked { heldFix = nil }
        connection.close(code: code, reason: reason)
    }

    /// Takes a held location and gives up what the session holds.
    private func leave() {
        switch phase {
        case .welcomed(let welcomed):
            if let fix = heldFix { locate(fix, welcomed) }
            release(welcomed)
        case .loading(let welcomed):
            release(welcomed)
        case .greeting, .ended:
            break
        }
    }

    /// What the session has, once its token was accepted and while it lasts.
    var welcomed: Welcomed? {
        switch phase {
        case .loading(let welcomed), .welcomed(let welcomed): welcomed
        case .greeting, .ended: nil
        }
    }

    private func release(_ welcomed: Welcomed) {
        loop.strangers.sessionClosed(welcomed.session, at: loop.moment)
        loop.setSession(nil, at: welcomed.session)
        loop.shard.close(welcomed.session)
        loop.core.sessionCounts.leave(welcomed.user)
    }

    /// A reminder that was asked for: no hello in time, or an expired token.
    func deadlineReached(now: Int64) {
        switch phase {
        case .greeting(let deadline):
            now >= deadline ? end(code: .noHello, reason: "no hello in time") : loop.remind(self, at: deadline)
        case .loading(let welcomed), .welcomed(let welcomed):
            if now >= welcomed.deadline {
                sendError(.tokenExpired, "the token has expired", seq: nil)
                end(code: .tokenExpired, reason: "token expired")
            } else {
                loop.remind(self, at: welcomed.deadline)
            }
        case .ended:
            break
        }
    }

    // MARK: Messages

    private func take(_ reading: ClientMessage.Reading) {
        switch reading.outcome {
        case .success(.location(let fix)): takeLocation(fix, seq: reading.seq)
        case .success(let message):
            if mayAsk(seq: reading.seq) { takeRequest(message, seq: reading.seq) }
        case .failure(let rejection):
            if mayAsk(seq: reading.seq) { refuse(rejection, isHello: reading.isHello, seq: reading.seq) }
        }
    }

    private func takeRequest(_ message: ClientMessage, seq: Int64?) {
        takeHeldLocationNow()
        switch (phase, message) {
        case (.greeting, .hello(let hello)):
            badMessagesInARow = 0
            greet(hello, seq: seq)
        case (.greeting, _):
            badMessage(Self.helloFirst, seq: seq)
        case (.welcomed, .hello):
            badMessage(Self.helloTwice, seq: seq)
        case (.welcomed(let welcomed), _):
            badMessagesInARow = 0
            answer(message, welcomed, seq: seq)
        case (.loading, _), (.ended, _):
            break
        }
    }

    private static let helloFirst: StaticString = "hello comes first"
    private static let helloTwice: StaticString = "hello was said already"

    /// What is wrong in a message matters only if the message has its place here.
    private func refuse(_ rejection: ClientMessage.Rejection, isHello: Bool, seq: Int64?) {
        if rejection.code == .badMessage { return badMessage(rejection.message, seq: seq) }
        switch phase {
        case .greeting where !isHello: return badMessage(Self.helloFirst, seq: seq)
        case .welcomed where isHello: return badMessage(Self.helloTwice, seq: seq)
        case .greeting, .welcomed, .loading, .ended: break
        }
        badMessagesInARow = 0
        sendError(rejection.code, rejection.message, seq: seq)
        if rejection.code == .badToken { end(code: .badToken, reason: "bad or missing token") }
    }

    func badMessage(_ text: StaticString, seq: Int64?) {
        sendError(.badMessage, text, seq: seq)
        badMessagesInARow += 1
        if badMessagesInARow >= Limits.badMessagesInARow {
            end(code: .policyViolation, reason: "too many bad messages")
        }
    }

    /// Whether one more request is within the rate; if not, says so, and ends a session that goes on.
    private func mayAsk(seq: Int64?) -> Bool {
        let now = loop.now
        if requestBucket.take(now: now) { return true }
        refuseRate(retryAfter: requestBucket.wait(now: now), seq: seq)
        return false
    }

    private func refuseRate(retryAfter: Int64, seq: Int64?) {
        sendError(.rateLimited, "too many messages", seq: seq, retryAfter: max(1, retryAfter))
        if rateViolations.isOneTooMany(now: loop.now) { end(code: .rateLimited, reason: "too many messages") }
    }

    func send() { connection.send(text: loop.wire.frame) }

    func sendError(_ code: ErrorCode, _ text: StaticString, seq: Int64?, retryAfter: Int64? = nil) {
        loop.counters.errors[code, default: 0] += 1
        loop.wire.error(code, text, seq: seq, retryAfter: retryAfter)
        send()
    }

    // MARK: Locations

    private func takeLocation(_ fix: ClientMessage.Fix, seq: Int64?) {
        guard case .welcomed(let welcomed) = phase else {
            return badMessage(Self.helloFirst, seq: seq)
        }
        badMessagesInARow = 0
        guard !isInFuture(fix) else { return sendError(.badLocation, "ts is in the future", seq: seq) }
        if heldFix == nil, locationBucket.take(now: loop.now) { return locate(fix, welcomed) }
        hold(fix, seq: seq)
    }

    /// Keeps the newest of the locations that came too early. Who sends nothing else all the time is told so.
    private func hold(_ fix: ClientMessage.Fix, seq: Int64?) {
        guard let held = heldFix else {
            heldFix = fix
            return loop.hold(self)
        }
        loop.counters.conflated += 1
        if fix.ts > held.ts { heldFix = fix }
        let now = loop.now
        if !conflationBucket.take(now: now) { refuseRate(retryAfter: conflationBucket.wait(now: now), seq: seq) }
    }

    func isInFuture(_ fix: ClientMessage.Fix) -> Bool {
        fix.ts > loop.core.clock.wallMilliseconds() + Limits.futureMilliseconds
    }

    /// Takes the held location if its turn has come. Returns whether none is left.
    func takeHeldLocation(now: Int64) -> Bool {
        guard let fix = heldFix, welcomed != nil else { return true }
        guard case .welcomed(let welcomed) = phase, locationBucket.take(now: now) else { return false }
        heldFix = nil
        locate(fix, welcomed)
        return true
    }

    /// Whatever else a client says comes after what it said before.
    private func takeHeldLocationNow() {
        guard let fix = heldFix, case .welcomed(let welcomed) = phase else { return }
        heldFix = nil
        locate(fix, welcomed)
    }

    func locate(_ fix: ClientMessage.Fix, _ welcomed: Welcomed) {
        guard
            let state = loop.shard.publish(
                welcomed.session, fix.coordinate, timestamp: fix.ts, now: loop.now)
        else { return }
        loop.core.writer.offer(
            .init(
                user: welcomed.id, coordinate: fix.coordinate, ts: fix.ts, epoch: state.epoch,
                sharing: state.flags.contains(.sharing), heardAt: loop.core.clock.wallMilliseconds()))
        defer { reviewQuiet() }
        guard loop.strangers.isOn(welcomed.user) else { return }
        loop.strangers.moved(
            user: welcomed.user,
            to: StrangerFix(coordinate: fix.coordinate, timestamp: fix.ts, heard: state.heard), at: loop.moment)
    }

    // MARK: Answers that take their time

    /// Does something that has to wait for the stores, then answers on the loop. Messages that come meanwhile wait
    /// their turn.
    func later<T: Sendable>(
        _ work: @escaping @Sendable () async throws -> T,
        then answer: @escaping (Session, Result<T, any Error>) -> Void
    ) {
        let answer = answering(answer)
        Task {
            do { answer(.success(try await work())) } catch { answer(.failure(error)) }
        }
    }

    /// Begins to wait for something, and returns what is to be called once with its outcome, on any thread.
    func answering<T: Sendable>(
        _ answer: @escaping (Session, Result<T, any Error>) -> Void
    ) -> @Sendable (Result<T, any Error>) -> Void {
        beginAnswering()
        let handle = loop.handle
        let bound = NIOLoopBound((self, answer), eventLoop: loop.eventLoop)
        return { result in
            // When the loop's server part is gone, so is the session.
            handle.execute { loop in
                let (session, answer) = bound.value
                session.endAnswering { answer(session, result) }
                loop.workDone()
            }
        }
    }

    func beginAnswering() { isAnswering = true }

    /// Gives the answer, which may begin another, and goes on with what waited for it.
    func endAnswering(_ answer: () -> Void) {
        isAnswering = false
        answer()
        let consequences = afterAnswer
        afterAnswer = []
        for say in consequences { say(self) }
        takeWaiting()
    }

    /// Says what a request may have caused: not before its answer.
    func sayAfterAnswer(_ say: @escaping (Session) -> Void) {
        if isAnswering { afterAnswer.append(say) } else { say(self) }
    }

    /// Locations need no answer and do not wait for one: before the welcome the newest is held, after it each is taken.
    /// Everything else waits its turn.
    private func takeWhileAnswering(_ text: UnsafeRawBufferPointer) {
        let reading = ClientMessage.parse(text)
        guard case .success(.location(let fix)) = reading.outcome, !isInFuture(fix) else { return wait(text) }
        switch phase {
        case .welcomed: takeLocation(fix, seq: reading.seq)
        case .loading: hold(fix, seq: reading.seq)
        case .greeting, .ended: break
        }
    }

    private func wait(_ text: UnsafeRawBufferPointer) {
        var queue = waiting ?? MessageQueue()
        waiting = nil
        if queue.append(text) {
            waiting = queue
        } else {
            end(code: .policyViolation, reason: "too many messages before an answer")
        }
    }

    private func takeWaiting() {
        while !isAnswering, connection.isOpen, let message = waiting?.popFirst() {
            message.withUnsafeBytes { take(ClientMessage.parse($0)) }
        }
        if waiting?.isEmpty == true { waiting = nil }
    }
}
