import Channels
import Strangers

/// Opting in and out, and what is told about it.
extension Session {
    func strangers(_ request: ClientMessage.StrangersRequest, _ welcomed: Welcomed, seq: Int64?) {
        guard request.on else {
            loop.strangers.optOut(welcomed.session, at: loop.moment)
            loop.wire.strangersOff(reason: nil, seq: seq)
            return send()
        }
        guard optIn(request, welcomed, answer: { session in session.sendStrangers(seq: seq) }) else {
            loop.wire.strangersOff(reason: nil, seq: seq)
            return send()
        }
    }

    /// Asks the strangers' room in; `answer` is called when it has decided, perhaps before this returns.
    ///
    /// - Returns: false if the user does not share: who does not share does not see.
    func optIn(
        _ request: ClientMessage.StrangersRequest, _ welcomed: Welcomed, answer: @escaping (Session) -> Void
    ) -> Bool {
        guard let state = loop.core.engine.users.state(of: welcomed.user), state.flags.contains(.sharing) else {
            return false
        }
        beginAnswering()
        onStrangersReady = answer
        loop.strangers.optIn(
            session: welcomed.session, user: welcomed.user, userNumber: welcomed.number,
            fix: StrangerFix(coordinate: state.coordinate, timestamp: state.timestamp, heard: state.heard),
            radius: request.radius, precision: request.precision, at: loop.moment)
        return true
    }

    /// The strangers' room has decided.
    func strangersReady() {
        guard let answer = onStrangersReady else { return }
        onStrangersReady = nil
        // Sharing may have been turned off at another session while this one was let in.
        if let welcomed, !loop.core.engine.users.sharing(of: welcomed.user).sharing {
            loop.strangers.optOut(welcomed.session, at: loop.moment)
        }
        endAnswering { answer(self) }
        reviewQuiet()
    }

    /// How strangers' mode stands in this session.
    func sendStrangers(seq: Int64?) {
        guard let welcomed, let status = loop.strangers.status(of: welcomed.session) else {
            loop.wire.strangersOff(reason: nil, seq: seq)
            return send()
        }
        loop.wire.begin("strangers", seq: seq)
        loop.wire.json(",")
        loop.wire.strangersMembers(status)
        loop.wire.end()
        send()
    }
}
