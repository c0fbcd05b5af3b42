public import Geo
import NIOCore

/// Connects to a server, stays connected, and knows who is nearby.
///
/// ```swift
/// let nearby = Nearby(server: ServerURL("wss://nearby.example")!) { try await myBackend.nearbyToken() }
/// nearby.start()
/// nearby.move(to: Coordinate(latitude: 40.75, longitude: -73.98)!)
/// for await change in nearby.changes { print(change.snapshot.friends.map(\.name)) }
/// ```
///
/// All members can be used from anywhere, and what they ask for happens in the order of the calls. Nothing is
/// connected before there is a position. Releasing it ends its connection.
///
/// For what it does by itself (reconnects, tokens, silence, sleep) see `docs/swift-client.md`.
public final class Nearby: Sendable {
    let handle: ClientHandle

    /// - Parameters:
    ///   - server: where the server is.
    ///   - wishes: what is wanted of every session.
    ///   - connector: makes the connections. The client lives on one of its event loops, with its connection; it has
    ///     neither a thread nor a task of its own, and at most one timer.
    ///   - token: asked for a JWT of the user whenever one is needed: at the start, a minute before the last one ends,
    ///     and after the server said that it has ended; waited for as long as it takes. `nil` means that nobody is
    ///     signed in; an error, that none is to be had for now.
    public convenience init(
        server: ServerURL, wishes: SessionWishes = .init(), connector: NearbyConnector = .shared,
        token: @escaping @Sendable () async throws -> String?
    ) {
        let eventLoop = connector.nextEventLoop()
        self.init(wishes: wishes, eventLoop: eventLoop) {
            SocketEdge(server: server, connector: connector, eventLoop: eventLoop, token: token)
        }
    }

    init(
        wishes: SessionWishes, eventLoop: any EventLoop, clock: @escaping @Sendable () -> Moment = { .now },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        edge: @escaping @Sendable () -> any ClientEdge
    ) {
        handle = ClientHandle(eventLoop: eventLoop) {
            ClientDriver(
                machine: ClientMachine(wishes: wishes, random: random), eventLoop: eventLoop, edge: edge(), clock: clock
            )
        }
    }

    deinit { handle.end() }

    // MARK: State

    /// What happens from now on, for one consumer; begins with the whole state. See ``NearbyChanges``.
    public var changes: NearbyChanges { NearbyChanges(handle: handle) }

    /// Everything that is known now. To show it, ``changes`` or a ``NearbyStore`` is better.
    public var snapshot: NearbySnapshot {
        get async {
            await withCheckedContinuation { continuation in
                handle.perform { driver in
                    // There is a driver until the client is released, which it is not.
                    guard let driver else { preconditionFailure("used after its end") }
                    continuation.resume(returning: driver.snapshot)
                }
            }
        }
    }

    // MARK: Running

    /// Begins; starts anew, with a fresh token, after the server has refused the client. Otherwise without effect.
    public func start() { handle.tell { machine, now in machine.start(now) } }

    /// Ends the connection and forgets everybody and the token, until ``start()``. Requests that wait fail with `stopped`.
    public func stop() { handle.tell { machine, now in machine.stop(now) } }

    /// Somebody looks at the app again: tries at once instead of waiting, and asks the server for a sign of life.
    /// Call it when the app comes to the foreground.
    public func wake() { handle.tell { machine, now in machine.wake(now) } }

    /// The device has or has not got a network. Optional: it saves the wait for the next try.
    public func networkChanged(isUp: Bool) { handle.tell { machine, now in machine.network(now, isUp: isUp) } }

    // MARK: Where the user is

    /// Tells where the user is. Call it as often as you like: it is sent as often as is worth it.
    ///
    /// - Parameters:
    ///   - accuracy: metres by which it may be wrong.
    ///   - timestamp: of the fix, milliseconds since the Unix epoch; now if `nil`.
    public func move(to position: Coordinate, accuracy: Double? = nil, timestamp: Int64? = nil) {
        handle.tell { machine, now in
            machine.move(now, Fix(position: position, timestamp: timestamp ?? now.wall, accuracy: accuracy))
        }
    }
}

// MARK: Requests

/// Each throws a ``NearbyError`` with the server's code, `offline` or `stopped`. Those that set something wait for the
/// next connection if there is none; all others fail with `offline`.
extension Nearby {
    /// Asks for the next page of friends, at most 20; none if there are no more.
    @discardableResult
    public func more() async throws(NearbyError) -> [Friend] {
        guard case .page(let page, _) = try await handle.ask({ machine, now in machine.more(now) }) else { return [] }
        return page.items
    }

    /// Shows friends within so far, for as long as this client is used.
    public func setRadius(_ radius: Radius) async throws(NearbyError) {
        try await ask(.settings(radius: radius, sharing: nil))
    }

    /// False: invisible to everyone at once, on all devices, until it is turned on again.
    public func setSharing(_ isSharing: Bool) async throws(NearbyError) {
        try await ask(.settings(radius: nil, sharing: isSharing))
    }

    /// Shows strangers, and the user to them, for an hour at most; renews it if they are shown already.
    ///
    /// - Parameter precision: characters of the routing cells; the finest that covers the radius if `nil`.
    /// - Returns: What is so now.
    @discardableResult
    public func showStrangers(radius: Radius? = nil, precision: Int? = nil) async throws(NearbyError)
        -> StrangersStatus
    {
        try await strangers(.init(isOn: true, radius: radius, precision: precision))
    }

    /// Ends strangers' mode.
    public func hideStrangers() async throws(NearbyError) { _ = try await strangers(.init(isOn: false)) }

    /// Where a friend is, at any distance, and shows it again after ``unfollow(_:)``.
    ///
    /// - Returns: `nil` if the friend is inactive or does not share.
    public func follow(_ friend: Friend.ID) async throws(NearbyError) -> Fix? {
        guard case .subscribed(_, let location, _) = try await ask(.subscribe(friend: friend)) else { return nil }
        return location
    }

    /// Shows the friend no more in this session; the friend is not told.
    public func unfollow(_ friend: Friend.ID) async throws(NearbyError) { try await ask(.unsubscribe(friend: friend)) }

    /// Hides both from each other, for good.
    public func block(_ person: ClientMessage.Person) async throws(NearbyError) { try await ask(.block(person)) }

    /// Tells the operator about somebody.
    public func report(_ person: ClientMessage.Person, reason: String) async throws(NearbyError) {
        try await ask(.report(person, reason: reason))
    }

    private func strangers(_ request: ClientMessage.StrangersRequest) async throws(NearbyError) -> StrangersStatus {
        guard case .strangers(let status, _) = try await ask(.strangers(request)) else { return .off(reason: nil) }
        return status
    }

    @discardableResult
    private func ask(_ message: ClientMessage) async throws(NearbyError) -> ServerMessage {
        try await handle.ask { machine, now in machine.request(now, message) }
    }
}
