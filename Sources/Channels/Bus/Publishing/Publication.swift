internal import Channels

/// What waits to be published on one channel.
enum Publication {
    /// The newest state of the channel's user.
    case state(UserState)
    /// The newest record of each member of the channel's cell.
    case records([UserID: Record])
}

extension Publication: Waiting {
    /// How many users or members.
    var count: Int {
        switch self {
        case .state: 1
        case .records(let records): records.count
        }
    }

    /// Takes what came later; of a state or of a member's record the later one stays.
    mutating func merge(_ later: Publication) {
        switch (self, later) {
        case (.records(var records), .records(let more)):
            self = .records([:])
            records.merge(more) { _, new in new }
            self = .records(records)
        default:
            self = later
        }
    }
}
