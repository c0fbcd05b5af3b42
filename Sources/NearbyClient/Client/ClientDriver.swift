import NIOCore
import WebSocket

/// Runs the machine: tells it what happens, does what it says, keeps its timer, and hands out what is new.
///
/// Lives on its event loop and is touched nowhere else. It remembers nothing that the machine should.
final class ClientDriver {
    let eventLoop: any EventLoop
    private let edge: any ClientEdge
    private let clock: () -> Moment
    private var machine: ClientMachine
    private var timer: Scheduled<Void>?
    private var timerDue: Int64?
    private var isActing = false
    private var completions: [Int: (Result<ServerMessage, NearbyError>) -> Void] = [:]
    private var mailboxes: [ObjectIdentifier: ChangeMailbox] = [:]

    init(machine: ClientMachine, eventLoop: any EventLoop, edge: any ClientEdge, clock: @escaping () -> Moment) {
        self.machine = machine
        self.eventLoop = eventLoop
        self.edge = edge
        self.clock = clock
    }

    var snapshot: NearbySnapshot { machine.snapshot }

    /// Something has happened: tells the machine, and does what it says.
    func happened(_ tell: (inout ClientMachine, Moment) -> Void) {
        eventLoop.assertInEventLoop()
        tell(&machine, clock())
        act()
    }

    /// Asks the server something. `completion` is called with the outcome, once, possibly at once.
    func request(
        _ ask: (inout ClientMachine, Moment) -> Int,
        _ completion: @escaping (Result<ServerMessage, NearbyError>) -> Void
    ) {
        eventLoop.assertInEventLoop()
        completions[ask(&machine, clock())] = completion
        act()
    }

    /// What an action brings about may be told while the next ones are still to be done: they come first.
    private func act() {
        guard !isActing else { return }
        isActing = true
        var actions = machine.takeActions()
        while !actions.isEmpty {
            for action in actions { perform(action) }
            actions = machine.takeActions()
        }
        isActing = false
        setTimer()
        tellNews()
    }

    private func perform(_ action: ClientAction) {
        switch action {
        case .fetchToken: edge.fetchToken(for: self)
        case .open: edge.open(for: self)
        case .send(let message, let seq): edge.send(message, seq: seq)
        case .close(let code): edge.close(code)
        case .settle(let request, let outcome): completions.removeValue(forKey: request)?(outcome)
        }
    }

    // MARK: Time

    private func setTimer() {
        let due = machine.due
        guard due != timerDue else { return }
        timer?.cancel()
        timerDue = due
        timer = due.map { due in
            let pause = max(0, due.adding(-clock().uptime))
            return eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(pause)) { [weak self] in
                self?.timerFired()
            }
        }
    }

    /// The timer is over, or the machine has slept through it.
    func timerFired() {
        timerDue = nil
        happened { machine, now in
            // Early by less than a millisecond is not due yet: the timer is set again.
            if let due = machine.due, due <= now.uptime { machine.tick(now) }
        }
    }

    /// When the timer fires next, uptime.
    var due: Int64? { machine.due }

    // MARK: News

    func add(_ mailbox: ChangeMailbox) {
        mailboxes[ObjectIdentifier(mailbox)] = mailbox
        mailbox.begin(with: machine.snapshot)
    }

    func remove(_ mailbox: ChangeMailbox) {
        mailboxes[ObjectIdentifier(mailbox)] = nil
        mailbox.end()
    }

    private func tellNews() {
        let news = machine.takeNews()
        guard news.isNews else { return }
        for mailbox in mailboxes.values { mailbox.put(news) { machine.snapshot } }
    }

    /// The client is gone: ends the connection, what waits for it, and all sequences.
    func end() {
        happened { machine, now in machine.stop(now) }
        timer?.cancel()
        for mailbox in mailboxes.values { mailbox.end() }
        mailboxes = [:]
    }
}
