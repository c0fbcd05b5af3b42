import WebSocket

@testable import NearbyClient

/// The state machine by itself.
final class MachineSubject: ScenarioSubject {
    private static let maximumTicks = 10_000

    private(set) var now: Int64
    let firesAtOnce = false
    private var machine: ClientMachine
    private var names: [Int: String] = [:]
    private var outputs: [ScenarioOutput] = []
    private var answers: [String: JSON] = [:]

    init(wishes: SessionWishes, start: Int64, random: Double) {
        now = start
        machine = ClientMachine(wishes: wishes) { random }
    }

    private var moment: Moment { Moment(uptime: now, wall: now) }

    func start() { machine.start(moment) }
    func stop() { machine.stop(moment) }
    func move(_ fix: Fix) { machine.move(moment, fix) }
    func request(_ message: ClientMessage, as name: String) { names[machine.request(moment, message)] = name }
    func more(as name: String) { names[machine.more(moment)] = name }
    func tokenGot(_ token: String?) { machine.tokenGot(moment, token) }
    func tokenFailed() { machine.tokenFailed(moment) }
    func opened() { machine.opened(moment) }
    func closed(_ code: CloseCode) { machine.closed(moment, code) }
    func wake() { machine.wake(moment) }
    func network(isUp: Bool) { machine.network(moment, isUp: isUp) }

    func receive(_ text: String) {
        Heard(text).tell(&machine, moment)
    }

    func wait(milliseconds: Int64) throws {
        let end = now + milliseconds
        var ticks = 0
        while let due = machine.due, due <= end {
            ticks += 1
            guard ticks <= Self.maximumTicks else { throw ScenarioError("the client asks for ticks without end") }
            now = max(now, due)
            machine.tick(moment)
            collect()
        }
        now = end
    }

    func sleep(milliseconds: Int64) {
        now += milliseconds
        if let due = machine.due, due <= now { machine.tick(moment) }
    }

    private func collect() {
        for action in machine.takeActions() {
            switch action {
            case .open: outputs.append(.init(act: .open, at: now))
            case .fetchToken: outputs.append(.init(act: .token, at: now))
            case .close(let code): outputs.append(.init(act: .close(code.rawValue), at: now))
            case .send(let message, let seq): outputs.append(.init(act: .send(JSON(message, seq: seq)), at: now))
            case .settle(let request, let outcome): answers[names[request] ?? "?"] = JSON(outcome)
            }
        }
    }

    func takeOutputs() -> [ScenarioOutput] {
        collect()
        defer { outputs = [] }
        return outputs
    }

    func takeAnswers() -> [String: JSON] {
        collect()
        defer { answers = [:] }
        return answers
    }

    func takeChange() -> NearbyChange { machine.takeNews().change(machine.snapshot) }
}

/// A text of the server's, as an edge tells of it.
struct Heard {
    private let message: ServerMessage?
    private let quiet: Quiet?

    init(_ text: String) {
        var quiet: Quiet?
        message = try? Array(text.utf8).withUnsafeBytes { try ServerMessage(json: $0, quiet: &quiet) }
        self.quiet = quiet
    }

    func tell(_ machine: inout ClientMachine, _ now: Moment) {
        guard let message else { return machine.receivedUnreadable(now) }
        machine.received(now, message, quiet: quiet)
    }
}

extension JSON {
    /// A message as it goes over the wire.
    init(_ message: ClientMessage, seq: Int64?) {
        let frame = FrameBuffer()
        message.encode(into: frame, seq: seq)
        self = (try? JSON(text: frame.payload)) ?? .null
    }
}
