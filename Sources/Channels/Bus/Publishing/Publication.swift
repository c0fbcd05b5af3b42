internal import Channels

/// What waits to be published on one channel.
enum Publication {
    /// The newest state of the channel's user.
    case state(UserState)
    /// The newest record of each member of the channel's cell.
    case records([UserID: Record])
    /// Every control message that waits, oldest first.
    case controls([[UInt8]])
}

extension Publication: Waiting {
    /// How many users, members or messages.
    var count: Int {
        switch self {
        case .state: 1
        case .records(let records): records.count
        case .controls(let messages): messages.count
        }
    }

    /// Takes what came later; of a state or of a member's record the later one stays.
    mutating func merge(_ later: Publication) {
        switch (self, later) {
        case (.records(var records), .records(let more)):
            self = .records([:])
            records.merge(more) { _, new in new }
            self = .records(records)
        case (.controls(var messages), .controls(let more)):
            self = .controls([])
            messages += more
            self = .controls(messages)
        default:
            self = later
        }
    }
}
