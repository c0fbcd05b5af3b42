import NIOCore
import NIOEmbedded
import Synchronization
import WebSocket

@testable import NearbyClient

/// The whole client, over an event loop whose time is the scenario's and an edge that only takes notes.
///
/// Unchecked because everything happens on the test's own thread, in `run` and `advanceTime` of the embedded loop.
final class NearbySubject: ScenarioSubject, @unchecked Sendable {
    private let loop: EmbeddedEventLoop
    private let clock: ScenarioClock
    private let edge: NotingEdge
    private let nearby: Nearby
    private let mailbox = ChangeMailbox()
    private var answers: [String: JSON] = [:]

    init(wishes: SessionWishes, start: Int64, random: Double) {
        let loop = EmbeddedEventLoop()
        let clock = ScenarioClock(start: start, loop: loop)
        let edge = NotingEdge(clock: clock)
        (self.loop, self.clock, self.edge) = (loop, clock, edge)
        nearby = Nearby(wishes: wishes, eventLoop: loop, clock: { clock.moment }, random: { random }, edge: { edge })
        perform { [self] in $0.add(mailbox) }
    }

    var now: Int64 { clock.moment.wall }
    let firesAtOnce = true

    private func perform(_ body: @escaping @Sendable (ClientDriver) -> Void) {
        nearby.handle.perform { driver in if let driver { body(driver) } }
        loop.run()
    }

    private func happened(_ body: @escaping @Sendable (inout ClientMachine, Moment) -> Void) {
        perform { $0.happened(body) }
    }

    func start() { nearby.start(); loop.run() }
    func stop() { nearby.stop(); loop.run() }
    func wake() { nearby.wake(); loop.run() }
    func network(isUp: Bool) { nearby.networkChanged(isUp: isUp); loop.run() }

    func move(_ fix: Fix) {
        nearby.move(to: fix.position, accuracy: fix.accuracy, timestamp: fix.timestamp)
        loop.run()
    }

    func request(_ message: ClientMessage, as name: String) {
        ask(name) { machine, now in machine.request(now, message) }
    }
    func more(as name: String) { ask(name) { machine, now in machine.more(now) } }

    private func ask(_ name: String, _ body: @escaping @Sendable (inout ClientMachine, Moment) -> Int) {
        perform { [self] in $0.request(body) { [self] in answers[name] = JSON($0) } }
    }

    func tokenGot(_ token: String?) { happened { machine, now in machine.tokenGot(now, token) } }
    func tokenFailed() { happened { machine, now in machine.tokenFailed(now) } }
    func opened() { happened { machine, now in machine.opened(now) } }
    func closed(_ code: CloseCode) { happened { machine, now in machine.closed(now, code) } }

    func receive(_ text: String) {
        let heard = Heard(text)
        happened { machine, now in heard.tell(&machine, now) }
    }

    func wait(milliseconds: Int64) throws { loop.advanceTime(by: .milliseconds(milliseconds)) }

    func sleep(milliseconds: Int64) {
        clock.sleep(milliseconds)
        perform { [clock] driver in if let due = driver.due, due <= clock.moment.uptime { driver.timerFired() } }
    }

    func takeOutputs() -> [ScenarioOutput] { edge.take() }

    func takeAnswers() -> [String: JSON] {
        defer { answers = [:] }
        return answers
    }

    func takeChange() -> NearbyChange {
        let taken = Mutex<NearbyChange?>(nil)
        nearby.handle.perform { [self] driver in
            guard let driver else { return }
            let change = mailbox.poll { driver.snapshot } ?? NewsDigest().change(driver.snapshot)
            taken.withLock { $0 = change }
        }
        loop.run()
        return taken.withLock { $0! }
    }
}

/// The loop's time, and what was slept besides.
final class ScenarioClock: Sendable {
    private let start: Int64
    private let loop: EmbeddedEventLoop
    private let slept = Atomic<Int64>(0)

    init(start: Int64, loop: EmbeddedEventLoop) {
        self.start = start
        self.loop = loop
    }

    func sleep(_ milliseconds: Int64) { slept.add(milliseconds, ordering: .relaxed) }

    var moment: Moment {
        let elapsed = Int64(loop.now.uptimeNanoseconds / 1_000_000) + slept.load(ordering: .relaxed)
        return Moment(uptime: elapsed, wall: start + elapsed)
    }
}

/// Does nothing but take notes.
///
/// Unchecked because it is used on the test's own thread alone.
private final class NotingEdge: ClientEdge, @unchecked Sendable {
    private let clock: ScenarioClock
    private var outputs: [ScenarioOutput] = []

    init(clock: ScenarioClock) { self.clock = clock }

    private func note(_ act: ScenarioOutput.Act) { outputs.append(.init(act: act, at: clock.moment.wall)) }

    func open(for driver: ClientDriver) { note(.open) }
    func send(_ message: ClientMessage, seq: Int64?) { note(.send(JSON(message, seq: seq))) }
    func close(_ code: CloseCode) { note(.close(code.rawValue)) }
    func fetchToken(for driver: ClientDriver) { note(.token) }

    func take() -> [ScenarioOutput] {
        defer { outputs = [] }
        return outputs
    }
}
