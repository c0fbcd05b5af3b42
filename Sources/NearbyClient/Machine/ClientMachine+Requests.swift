/// What the app asks for.
extension ClientMachine {
    /// Asks the server something. Returns the number of the request, with which it is settled later.
    mutating func request(_ now: Moment, _ message: ClientMessage) -> Int {
        note(now)
        let request = nextRequest()
        keepWishes(message)
        if case .online = phase {
            call(message, waiting: [request])
            return request
        }
        switch message {
        case .settings(let radius, let sharing): backlog.add(radius: radius, sharing: sharing, waiting: [request])
        case .strangers: backlog.addStrangers(waiting: [request])
        default: settle([request], .failure(NearbyError(code: .offline, message: "there is no connection")))
        }
        return request
    }

    /// Asks for the next page of friends.
    mutating func more(_ now: Moment) -> Int {
        if let cursor = view.cursorOfMore { return request(now, .more(cursor: cursor)) }
        let request = nextRequest()
        settle([request], .success(.page(FriendsPage(items: [], next: nil), seq: nil)))
        return request
    }

    private mutating func keepWishes(_ message: ClientMessage) {
        switch message {
        case .settings(let radius?, _): wishes.radius = radius
        case .strangers(let request): wishes.strangers = request.isOn ? request : nil
        default: break
        }
    }

    mutating func call(_ message: ClientMessage, waiting: [Int] = [], isProbe: Bool = false) {
        let seq = calls.add(.init(message: message, waiting: waiting, isProbe: isProbe))
        act(.send(message, seq: seq))
    }
}

/// Requests that outlive their connection.
extension ClientMachine {
    /// The connection is lost: what must not be lost with it is said again after the next welcome.
    mutating func keepCalls(_ code: NearbyError.Code = .offline) {
        let lost = NearbyError(code: code, message: "the connection has ended")
        for call in calls.removeAll() {
            switch call.message {
            case .settings(let radius, let sharing) where !call.isProbe:
                backlog.addLost(radius: radius, sharing: sharing, waiting: call.waiting)
            case .strangers: backlog.addStrangers(waiting: call.waiting)
            default: settle(call.waiting, .failure(lost))
            }
        }
    }

    /// There is nothing to come back to.
    mutating func abandonCalls(_ code: NearbyError.Code) {
        keepCalls(code)
        let rest = backlog.take()
        settle((rest.settings?.waiting ?? []) + rest.strangers, .failure(NearbyError(code: code)))
    }

    mutating func sendBacklog() {
        let rest = backlog.take()
        if let wanted = rest.settings { send(wanted) }
        settle(rest.strangers, .success(.strangers(view.strangersStatus, seq: nil)))
    }

    private mutating func send(_ wanted: Backlog.Settings) {
        // The radius was in the hello.
        if let sharing = wanted.sharing {
            call(.settings(radius: nil, sharing: sharing), waiting: wanted.waiting)
        } else if let settings {
            let answer = ServerMessage.settings(radius: settings.radius, sharing: settings.isSharing, seq: nil)
            settle(wanted.waiting, .success(answer))
        }
    }
}
