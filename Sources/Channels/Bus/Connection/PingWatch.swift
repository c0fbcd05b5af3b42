internal import NIOCore

/// Whether a server still answers: who to ask when, and when to give it up. Looked at every `interval`.
struct PingWatch {
    enum Action: Equatable {
        case none, ping, giveUp
    }

    private let interval: TimeAmount
    private let patience: TimeAmount
    private var heard: NIODeadline
    private var looked: NIODeadline
    /// When the question was asked that is not answered yet.
    private var asked: NIODeadline?

    init(interval: TimeAmount, patience: TimeAmount, now: NIODeadline) {
        self.interval = interval
        self.patience = patience
        heard = now
        looked = now
    }

    /// Bytes have come: whatever they are, the server is alive, and its answers follow.
    mutating func hear(now: NIODeadline) { heard = now }

    mutating func answered() { asked = nil }

    mutating func look(now: NIODeadline) -> Action {
        defer { looked = now }
        guard let asked else {
            self.asked = now
            return .ping
        }
        // After a stall of the own process the answer may well lie in the socket: give it another look's time.
        guard now - looked < interval * 2 else {
            self.asked = now
            return .none
        }
        return now - max(asked, heard) >= patience ? .giveUp : .none
    }
}
