import Geo

/// The records of the friends' channels.
extension Record {
    enum FriendsKind: UInt8 {
        case state = 1
        case befriend
        case unfriend
        case interest
    }

    /// The newest state of a user.
    public init(_ state: UserState, of user: UserIndex) {
        self.init(
            kind: FriendsKind.state.rawValue, flags: UInt8(truncatingIfNeeded: state.flags.rawValue), user: user,
            epoch: state.epoch,
            first: UInt64(UInt32(bitPattern: state.coordinate.latitudeE7)) << 32
                | UInt64(UInt32(bitPattern: state.coordinate.longitudeE7)),
            second: UInt64(bitPattern: state.timestamp), heard: state.heard)
    }

    /// `user` and `friend` became friends; for the shards where `user` has sessions.
    public static func befriend(_ user: UserIndex, _ friend: UserIndex) -> Record {
        Record(kind: FriendsKind.befriend.rawValue, user: user, other: friend)
    }

    /// `user` is to see `friend` no more, for the reason `kind`; for the shards where `user` has sessions.
    public static func unfriend(_ user: UserIndex, _ friend: UserIndex, kind: FrameItem.Kind) -> Record {
        Record(kind: FriendsKind.unfriend.rawValue, flags: kind.rawValue, user: user, other: friend)
    }

    /// The interest of a shard in a user began or ended, for the bus: ``Engine/isInterested(in:)`` says which.
    static func interest(in user: UserIndex) -> Record {
        Record(kind: FriendsKind.interest.rawValue, user: user)
    }

    /// What a record in the mailbox of the bus says.
    public enum BusNews: Sendable {
        /// A state to be spread among the other processes.
        case state(UserState)
        /// The interest in the user may have begun or ended.
        case interest
    }

    /// `nil` if it says nothing to the bus.
    public var busNews: BusNews? {
        switch FriendsKind(rawValue: kind) {
        case .state: state.map(BusNews.state)
        case .interest: .interest
        case .befriend, .unfriend, nil: nil
        }
    }

    /// The state in a record of that kind; `nil` if its numbers are no coordinate.
    var state: UserState? {
        let latitude = Int32(bitPattern: UInt32(truncatingIfNeeded: first >> 32))
        let longitude = Int32(bitPattern: UInt32(truncatingIfNeeded: first))
        guard let coordinate = Coordinate(latitudeE7: latitude, longitudeE7: longitude) else { return nil }
        return UserState(
            coordinate: coordinate, timestamp: Int64(bitPattern: second), heard: heard, epoch: epoch,
            flags: UserState.Flags(rawValue: UInt32(flags)))
    }
}

extension Shard {
    /// What another shard or thread says about a friends' channel. Records of unknown kinds are ignored.
    func receive(_ record: Record, now: Int64) {
        switch Record.FriendsKind(rawValue: record.kind) {
        case .state:
            if let state = record.state { apply(state, of: record.user, now: now) }
        case .befriend:
            befriend(record.user, record.other, now: now)
        case .unfriend:
            let kind = FrameItem.Kind(rawValue: record.flags) ?? .unfriended
            unfriend(record.user, record.other, kind: kind, now: now)
        case .interest, nil:
            break
        }
    }
}
