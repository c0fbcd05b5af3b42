/// The limits of REST calls; those that the contract names are the contract's.
extension Limits {
    /// The longest body of a request, bytes.
    static let bodyBytes = 64 * 1_024
    /// Calls a second that a user may make in the long run.
    static let userCallsPerSecond = 20
    /// Calls that a user may make at once after a pause.
    static let userCallBurst = 100
    /// Items of a page of a list, unless the caller asks otherwise, and at most.
    static let listPage = (standard: 100, maximum: 1_000)
    /// Items of a page of nearby friends; the standard is that of a session's `welcome`.
    static let nearbyPage = (standard: 20, maximum: 100)
    /// The finest precision of cells that people are counted in.
    static let finestCounted = 6
    /// The longest cursor that is looked at, characters.
    static let cursorLength = 512
    /// What a caller is told to wait when a store does not answer, seconds.
    static let unavailableRetrySeconds = 1
    /// How often a ring is written anew that somebody else changed in between.
    static let ringAttempts = 5
    /// How long a store may take to show that it answers.
    static let readinessTime: Duration = .seconds(2)
}
