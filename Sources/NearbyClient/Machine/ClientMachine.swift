import Geo
import WebSocket

/// Decides what a client does: it is told what happened and when, and says what to do (``takeActions()``) and when to
/// ask it again (``due``).
///
/// It has no socket, no timer, no clock and no randomness of its own, so that the scenarios of
/// `docs/protocol/scenarios` can run it step by step. `NearbyCore` in `nearby.js` is its twin.
struct ClientMachine {
    enum Phase {
        case stopped
        /// Waits for a position.
        case locating
        case awaitingToken
        /// Until when there has to be a welcome, uptime.
        case opening(until: Int64)
        case greeting(until: Int64, needsOtherFix: Bool)
        case online(Online)
        case waiting(until: Int64)
        /// Over, until the app starts anew.
        case refused
    }

    /// What there is only while the server has welcomed this session. Times are uptime.
    struct Online {
        let since: Int64
        /// When the server said something last.
        var heardAt: Int64
        /// When to replace the token; `nil` while that is under way, and for tokens of which no end is known.
        var refreshAt: Int64?
        var isRefreshing = false
        /// Until when the server has to give a sign of life.
        var probeEnds: Int64?
        /// `nil` when the list holds all that it is to hold.
        var restoring: ListRestoring?
    }

    var phase = Phase.stopped
    var reason: ConnectionState.Reason?
    var code: CloseCode?
    var backoff = Backoff()
    /// The server's own word when to come back, uptime.
    var reconnectAt: Int64?
    var networkIsDown = false

    var token: String?
    var pace = LocationPace()
    var calls = CallBook()
    var backlog = Backlog()
    var wishes: SessionWishes
    private var newestRequest = 0

    var settings: SessionSettings?
    var view = NearbyView()
    /// When friends and strangers are forgotten unless the server vouches for them again, uptime.
    var forgetAt: Int64?
    /// How many friends the list held when the last session ended; 0 if it holds as many again.
    var lengthToRestore = 0

    private var actions: [ClientAction] = []
    private var told: ConnectionState?
    var news = NewsDigest()
    /// The wall clock's lead over the uptime when the machine was last told of the time, milliseconds.
    var wallLead: Int64 = 0
    private let random: @Sendable () -> Double

    /// - Parameter random: a number from 0 to 1, a different one every time.
    init(wishes: SessionWishes = .init(), random: @escaping @Sendable () -> Double) {
        self.wishes = wishes
        self.random = random
    }
}

// MARK: What it says

extension ClientMachine {
    mutating func takeActions() -> [ClientAction] {
        defer { actions = [] }
        return actions
    }

    /// What has changed since this was called last.
    mutating func takeNews() -> NewsDigest {
        tellConnection()
        defer { news = NewsDigest() }
        return news
    }

    private mutating func tellConnection() {
        let connection = connection
        guard connection != told else { return }
        told = connection
        news.touch()
    }

    var connection: ConnectionState {
        var retryAt: Int64?
        if case .waiting(let until) = phase { retryAt = until.adding(wallLead) }
        return ConnectionState(
            phase: publicPhase, reason: reason, code: code, attempt: backoff.attempt, retryAt: retryAt)
    }

    private var publicPhase: ConnectionState.Phase {
        switch phase {
        case .stopped: .stopped
        case .locating: .locating
        case .awaitingToken, .opening, .greeting: .connecting
        case .online: .online
        case .waiting: networkIsDown ? .offline : .waiting
        case .refused: .refused
        }
    }

    /// - Complexity: O(*n* log *n*) in the number of friends in the list.
    var snapshot: NearbySnapshot {
        NearbySnapshot(
            connection: connection, settings: settings, position: view.position, friends: view.nearestFriends,
            total: view.total, hasMore: view.cursorOfMore != nil, strangers: view.strangersStatus)
    }

    /// When ``tick(_:)`` is to be called next, whatever else happens, uptime; `nil` for never.
    var due: Int64? {
        var times = [forgetAt]
        switch phase {
        case .waiting(let until), .opening(let until), .greeting(let until, _): times.append(until)
        case .online(let online):
            times += [
                locationDue, online.refreshAt, online.probeEnds ?? online.heardAt + ClientLimits.silence, calls.due,
                online.restoring?.due,
            ]
        case .stopped, .locating, .awaitingToken, .refused: break
        }
        return times.lazy.compactMap(\.self).min()
    }
}

// MARK: What its parts need

extension ClientMachine {
    mutating func act(_ action: ClientAction) { actions.append(action) }

    mutating func send(_ message: ClientMessage) { act(.send(message, seq: nil)) }

    mutating func settle(_ requests: [Int], _ outcome: Result<ServerMessage, NearbyError>) {
        for request in requests { act(.settle(request, outcome)) }
    }

    mutating func nextRequest() -> Int {
        newestRequest += 1
        return newestRequest
    }

    func nextRandom() -> Double { random() }

    /// What is known of the session while it is online; setting it has no effect otherwise.
    var online: Online? {
        get { if case .online(let online) = phase { online } else { nil } }
        set { if let newValue, case .online = phase { phase = .online(newValue) } }
    }

    var hasConnection: Bool {
        switch phase {
        case .opening, .greeting, .online: true
        case .stopped, .locating, .awaitingToken, .waiting, .refused: false
        }
    }
}

extension Int64 {
    /// Peers' numbers may be anything: no sum traps.
    func adding(_ other: Int64) -> Int64 {
        let (sum, isOver) = addingReportingOverflow(other)
        return isOver ? (other < 0 ? .min : .max) : sum
    }

    /// A duration that a peer named, as milliseconds between 0 and a year.
    static func milliseconds(seconds: Double) -> Int64 {
        let limit = 365.0 * 86_400_000
        return seconds > 0 ? Int64(Swift.min(seconds * 1_000, limit).rounded()) : 0
    }
}
