public import Channels

/// What the cache has of some users.
public struct CacheAnswer: Sendable {
    /// In the order asked for; `nil` for those who have none or are ``unknown``. `heard` is in the own clock. Who may not
    /// be shown has a state that says no more than that, and its epoch.
    public let states: [UserState?]
    /// Places in the list of users whose server did not answer in time: nothing is known of them.
    public let unknown: [Int]
}
