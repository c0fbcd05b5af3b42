import Channels

/// Somebody made up.
struct DemoPerson: Equatable {
    let id: UserID
    let name: String
    let pace: DemoWalk.Pace
    /// Whether strangers may see it, and it them.
    let meetsStrangers: Bool
    /// Of its walk.
    let seed: UInt64
}
