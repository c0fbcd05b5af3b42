// What the roles tell each other. Each letter becomes one `Record` between shards.

/// A session opted in. To the user's home, which answers through the owner with a ``Verdict``.
struct Opening: Equatable {
    var user: UInt32
    var number: Int64
    var shard: Int
    var fix: StrangerFix
}

/// A shard has no session of the user with strangers any more. To the user's home.
struct Closing: Equatable {
    var user: UInt32
    var shard: Int
    /// Whether the connection just ended, so that the user stays published for a while.
    var hasGrace: Bool
}

/// A user's position. From the shard that accepted it to the user's home, and from there to the shards with
/// sessions of the user.
struct Movement: Equatable {
    var user: UInt32
    var shard: Int
    var fix: StrangerFix
}

/// A user must not be among strangers now. To the user's home, and from there to the shards of its sessions.
struct Suspension: Equatable {
    var user: UInt32
    var reason: StrangerEnd
}

/// Where a user wants to be published. From the home to the owner of the cell.
struct Claim: Equatable {
    var user: UInt32
    var generation: UInt32
    var identity: StrangerIdentity
    /// `nil` where no cell is large enough to be told.
    var cell: BlurredCell?
    var minute: UInt32
    /// The shards that have sessions of the user with strangers on, as a mask.
    var shards: UInt64
    /// The shard that waits for an answer.
    var asker: Int?
}

/// A claim ends. From the home to the owner of the cell.
struct Retraction: Equatable {
    enum Kind: UInt8 {
        /// The user has a claim with another owner now.
        case movedAway = 0
        /// The user vanishes, and is among strangers no more.
        case withdrawn = 1
        /// The user vanishes until it is heard of again.
        case silent = 2
    }

    var user: UInt32
    var generation: UInt32
    var kind: Kind
}

/// The minute of a user's newest location. From the home to the owner, and from there to all shards.
struct MinuteChange: Equatable {
    var user: UInt32
    var generation: UInt32
    var minute: UInt32
}

/// Where a user is published now. From the owner to all shards.
struct Placement: Equatable {
    var user: UInt32
    var generation: UInt32
    var identity: StrangerIdentity
    /// `nil` if too few share any cell.
    var cell: PublishedCell?
    var minute: UInt32
}

/// A user is gone from all lists at once. From the owner to all shards.
struct Withdrawal: Equatable {
    var user: UInt32
    var generation: UInt32
    /// Whether it is still among strangers, so that its locations are wanted.
    var isSilent: Bool
}

/// What a user itself learns of its claim. From the owner to the shards of its sessions.
struct Verdict: Equatable {
    var user: UInt32
    var generation: UInt32
    var identity: StrangerIdentity
    /// What the user's own reach is measured from; `nil` while the user is not among strangers.
    var cell: BlurredCell?
    /// Whether the user is published anywhere.
    var isPublished: Bool
    /// Whether this answers an ``Opening`` of the shard.
    var isAnswer: Bool
}

/// Any letter.
enum Letter: Equatable {
    case opening(Opening)
    case closing(Closing)
    case movement(Movement)
    case ownMovement(Movement)
    case suspension(Suspension)
    case ownSuspension(Suspension)
    case claim(Claim)
    case retraction(Retraction)
    case minuteOfClaim(MinuteChange)
    case placement(Placement)
    case minute(MinuteChange)
    case withdrawal(Withdrawal)
    case verdict(Verdict)
}
