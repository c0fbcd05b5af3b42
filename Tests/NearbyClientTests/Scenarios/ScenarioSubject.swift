import NearbyClient
import WebSocket

/// Something that passes scenarios: a client whose clock, randomness, transport and token source are the scenario's.
protocol ScenarioSubject: AnyObject {
    /// Milliseconds since the Unix epoch.
    var now: Int64 { get }
    /// Whether timers that are due at once fire at once, and not in the `wait_ms` of 0 that follows in a scenario.
    var firesAtOnce: Bool { get }

    func start()
    func stop()
    func move(_ fix: Fix)
    func request(_ message: ClientMessage, as name: String)
    func more(as name: String)
    func tokenGot(_ token: String?)
    func tokenFailed()
    func opened()
    func receive(_ text: String)
    func closed(_ code: CloseCode)
    func wait(milliseconds: Int64) throws
    func sleep(milliseconds: Int64)
    func wake()
    func network(isUp: Bool)

    /// What it did since this was called last.
    func takeOutputs() -> [ScenarioOutput]
    /// What its requests were answered since, by name.
    func takeAnswers() -> [String: JSON]
    /// What it told the app since, and how everything stands.
    func takeChange() -> NearbyChange
}

/// Something that a client did.
struct ScenarioOutput: CustomStringConvertible {
    enum Act {
        case open
        case token
        case close(UInt16)
        case send(JSON)
    }

    let act: Act
    /// When, milliseconds since the Unix epoch.
    let at: Int64

    var name: String {
        switch act {
        case .open: "open"
        case .token: "token"
        case .close: "close"
        case .send: "send"
        }
    }

    var description: String { if case .send(let message) = act { "send \(message)" } else { name } }
}

/// Why a scenario was not passed, or could not be run.
struct ScenarioError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
