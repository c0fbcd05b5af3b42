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
