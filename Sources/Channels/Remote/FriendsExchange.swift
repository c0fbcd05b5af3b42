/// What a process has to do with the channels of users at other processes: which to hear, what to read from the cache and
/// when, and who has to wait for it.
///
/// A user's channel is subscribed to at the first interest and left a while after the last. A user is *known* once the
/// cache has been read after the channel was heard: from then on nothing can fall between the two. After a channel was
/// lost the cache is read several times, the last time when every process that knows more has had the time to say it.
///
/// A value: events in, actions out, no clock and no socket. Its owner performs the actions in their order.
public struct FriendsExchange {
    /// Someone who waits; named by the exchange, performed by its owner.
    public typealias Request = UInt64

    /// What is to be done.
    public enum Action: Equatable, Sendable {
        /// Wants the users' channels, and ``restored(_:now:)`` when they were lost and are back.
        case subscribe([UserIndex])
        case unsubscribe([UserIndex])
        /// Wants ``heard(_:missing:)`` when the channels are heard, or cannot be soon.
        case wait([UserIndex], Request)
        /// Wants the users' states from the cache given to the engine, and then ``read(_:unanswered:now:)``.
        case read([UserIndex], Request)
        /// Whoever called ``prepare(_:)`` may go on.
        case finish(Request)
    }

    private struct Channel {
        /// A leave may race a rejoin, and a loss a reading: what was begun for an earlier subscription, or before the
        /// channel was lost, says nothing of this one.
        let generation: UInt64
        var isKnown = false
    }

    private struct Reading {
        /// The channels that it is for, user by user.
        var users: [(user: UserIndex, generation: UInt64)]
        /// Users whose channel is not heard yet: the cache says something, but more may be missed.
        var missing: Set<UserIndex> = []
    }

    private var channels: [UserIndex: Channel] = [:]
    /// Of channels that nobody is interested in: since when, milliseconds.
    private var idleSince: [UserIndex: Int64] = [:]
    /// Users with channels whose state has to be read though nobody waits for it, and when, milliseconds.
    private var unread: [UserIndex: Int64] = [:]
    private var readings: [Request: Reading] = [:]
    /// Reads after a loss, and when, milliseconds.
    private var planned: [(due: Int64, reading: Reading)] = []
    private var lastNumber: UInt64 = 0

    public init() {}

    /// How many channels are heard or asked for.
    public var channelCount: Int { channels.count }

    // MARK: Interest

    /// The interest of this process in a user has begun or ended.
    public mutating func interestChanged(in user: UserIndex, isInterested: Bool, now: Int64) -> [Action] {
        guard !isInterested else {
            // A friend who was made while the session lasts; at a hello ``prepare(_:)`` comes first, or takes it out again.
            if channels[user] == nil { unread[user] = now }
            idleSince[user] = nil
            return subscribe([user])
        }
        if channels[user] != nil { idleSince[user] = now }
        return []
    }

    private mutating func subscribe(_ users: [UserIndex]) -> [Action] {
        let new = users.filter { channels[$0] == nil }
        for user in new { channels[user] = Channel(generation: nextNumber()) }
        return new.isEmpty ? [] : [.subscribe(new)]
    }

    private mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    // MARK: What sessions need

    /// Sees to it that nothing that happens to these users from now on is missed, and that what is known of them anywhere
    /// is known here. The process is interested in them already, or was: who waits may have gone meanwhile.
    ///
    /// - Returns: the request whose ``Action/finish(_:)`` is waited for, and what to do.
    public mutating func prepare(_ users: [UserIndex], now: Int64) -> (request: Request, actions: [Action]) {
        let request = nextNumber()
        // The end of an interest that was told before cannot be told again: ``tick(now:isInterested:)`` asks.
        for user in users where channels[user] == nil || idleSince[user] != nil { idleSince[user] = now }
        var actions = subscribe(users)
        let unknown = users.filter { channels[$0]?.isKnown != true }
        guard !unknown.isEmpty else { return (request, actions + [.finish(request)]) }
        for user in unknown { unread[user] = nil }
        begin(request, unknown)
        actions.append(.wait(unknown, request))
        return (request, actions)
    }

    private mutating func begin(_ request: Request, _ users: [UserIndex]) {
        readings[request] = reading(of: users)
    }

    private func reading(of users: [UserIndex]) -> Reading {
        Reading(users: users.compactMap { user in channels[user].map { (user, $0.generation) } })
    }

    private func isCurrent(_ user: UserIndex, _ generation: UInt64) -> Bool {
        channels[user]?.generation == generation
    }

    /// The channels of a request are heard, all but the missing ones.
    public mutating func heard(_ request: Request, missing: Set<UserIndex>) -> [Action] {
        guard let reading = readings[request] else { return [] }
        readings[request]?.missing = missing
        // Read even if a channel is not there yet: better an older state than none.
        return [.read(reading.users.map(\.user), request)]
    }

    /// The engine has what the cache knows, but for users whose server did not answer.
    /// Those are read again later.
    public mutating func read(_ request: Request, unanswered: Set<UserIndex>, now: Int64) -> [Action] {
        guard let reading = readings.removeValue(forKey: request) else { return [] }
        for (user, generation) in reading.users where isCurrent(user, generation) {
            if unanswered.contains(user) || reading.missing.contains(user) {
                unread[user] = now + Self.pauseAfterFailure
            } else if channels[user]?.isKnown == false {
                channels[user]?.isKnown = true
                // What was published just before the channel was heard may have reached the cache just after it was read.
                unread[user] = now + Self.pauseBeforeConfirming
            }
        }
        return [.finish(request)]
    }

    // MARK: Losses

    /// Channels were lost, or late, and are heard again. Whatever was said meanwhile is in the cache; or will be, if that
    /// was lost as well, once the processes that know it have found it again. So it is read more than once.
    public mutating func restored(_ users: [UserIndex], now: Int64) -> [Action] {
        let wanted = users.filter { channels[$0] != nil }
        guard !wanted.isEmpty else { return [] }
        for user in wanted { channels[user] = Channel(generation: nextNumber()) }
        let reading = reading(of: wanted)
        planned += Self.readsAfterLoss.map { (due: now + $0, reading: reading) }
        return readPlanned(now: now)
    }

    private mutating func readPlanned(now: Int64) -> [Action] {
        let due = planned.filter { $0.due <= now }
        planned.removeAll { $0.due <= now }
        var actions: [Action] = []
        for (_, reading) in due {
            // Who came back after it was left waits for its channel first; who was lost again has a plan of its own.
            let users = reading.users.filter { isCurrent($0.user, $0.generation) }.map(\.user)
            guard !users.isEmpty else { continue }
            let request = nextNumber()
            begin(request, users)
            actions.append(.read(users, request))
        }
        return actions
    }

    // MARK: Time

    /// Leaves channels that nobody has needed for a while, and reads what is due; to be called about once a second.
    ///
    /// - Parameter isInterested: whether the process is interested in a user now.
    public mutating func tick(now: Int64, isInterested: (UserIndex) -> Bool) -> [Action] {
        let idle = idleSince.filter { $0.value + Self.idleMilliseconds <= now }.keys
        for user in idle { idleSince[user] = nil }
        let left = idle.filter { !isInterested($0) }
        for user in left {
            channels[user] = nil
            unread[user] = nil
        }
        return (left.isEmpty ? [] : [.unsubscribe(left.sorted())]) + readPlanned(now: now) + readUnread(now: now)
    }

    private mutating func readUnread(now: Int64) -> [Action] {
        let users = unread.filter { $0.value <= now }.keys.sorted()
        guard !users.isEmpty else { return [] }
        for user in users { unread[user] = nil }
        let request = nextNumber()
        begin(request, users)
        return [.wait(users, request)]
    }

    /// How long a channel is kept that nobody needs any more, milliseconds: a client that comes back within seconds finds
    /// its channels as they were.
    public static let idleMilliseconds: Int64 = 10_000
    /// After how long a user that was read is read once more, milliseconds: longer than a write takes.
    public static let pauseBeforeConfirming: Int64 = 1_000
    /// After how long a user is read again whose channel or cache could not be reached, milliseconds.
    public static let pauseAfterFailure: Int64 = 5_000
    /// When the cache is read after channels were lost and are back, milliseconds: the last time after every process has
    /// had its longest pause between two attempts to connect.
    public static let readsAfterLoss: [Int64] = [0, 1_000, 3_000, 7_000]
}
