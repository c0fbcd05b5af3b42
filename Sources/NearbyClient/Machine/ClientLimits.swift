/// The numbers of a client's behaviour, the same as in `nearby.js`: times in milliseconds, lengths in metres.
enum ClientLimits {
    /// The first pause before a new try is random up to this, each further one up to twice as much.
    static let backoffBase: Int64 = 500
    static let backoffMaximum: Int64 = 60_000
    /// Tries that a session which is refused for load or numbers counts as having failed already.
    static let busyAttempts = 3
    /// A session that lasted so long forgets the failed tries before it.
    static let stableAfter: Int64 = 10_000
    /// From opening a connection to its welcome.
    static let greetingTime: Int64 = 15_000
    /// A move by less is no news, nor is one by less than half of the accuracy, which counts up to `accuracyMaximum`.
    static let move = 10.0
    static let accuracyMaximum = 100.0
    /// Between two locations.
    static let moveInterval: Int64 = 1_000
    /// The share of `update_every_s` after which a location is sent although nothing has moved.
    static let heartbeat = 0.9
    /// A `quiet` counts up to this.
    static let quietMaximum: Int64 = 300_000
    /// A token is replaced this long before its end, or after this share of its remaining life if that is later.
    static let refreshBefore: Int64 = 60_000
    static let refreshShare = 0.8
    /// The share of `refreshBefore` within which a failed refresh is tried again.
    static let refreshRetryShare = 0.25
    /// A token that ends sooner is not shown any more.
    static let tokenMargin: Int64 = 5_000
    /// After so long without a word from the server, longer than any `quiet`, it is asked for one, with `probeTime`
    /// to answer.
    static let silence: Int64 = 330_000
    /// The same after a sleep or a change of the network.
    static let silenceAfterWake: Int64 = 5_000
    static let probeTime: Int64 = 5_000
    /// A timer that is so late has slept.
    static let sleep: Int64 = 5_000
    /// Between two pages of friends that are asked for after a reconnect: less often than the server allows requests.
    static let pageInterval: Int64 = 250
    /// How many of them are asked for at most.
    static let pages = 50
    /// How often a request that came too early is sent again.
    static let requestTries = 3
}
