/// The pages that are asked for after a reconnect.
struct ListRestoring {
    /// How many were asked for.
    private(set) var pages = 0
    /// Whether one of them is on its way.
    var isAsking = false
    /// When the next one may be asked for, uptime.
    private var nextAt: Int64

    init(since now: Moment) { nextAt = now.uptime }

    /// When the next one is to be asked for, uptime; `nil` while one is on its way.
    var due: Int64? { isAsking ? nil : nextAt }

    /// One more is asked for.
    mutating func ask(_ now: Moment) {
        pages += 1
        isAsking = true
        nextAt = now.uptime + ClientLimits.pageInterval
    }
}
