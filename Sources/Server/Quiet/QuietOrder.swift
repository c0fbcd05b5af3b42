/// What one client was told about staying silent, and when it is to be told something else: less at once, more with a
/// frame that goes out anyway, or in one of its own now and then.
///
/// A value without a clock. A client that did not ask in its `hello` has none.
struct QuietOrder {
    /// What the client goes by.
    private(set) var told: Quiet
    /// Monotonic milliseconds, as all times here.
    private var toldAt: Int64
    private var nextReview: Int64

    /// The welcome's.
    init(_ quiet: Quiet, now: Int64) {
        told = quiet
        toldAt = now
        nextReview = now + Limits.quietReviewMilliseconds
    }

    /// Whether a frame that goes out now is to look at the list.
    func isDue(now: Int64) -> Bool { now >= nextReview }

    /// Takes what holds now into a frame. Returns what the frame has to say, if anything.
    mutating func review(_ quiet: Quiet, now: Int64) -> Quiet? {
        nextReview = now + Limits.quietReviewMilliseconds
        guard quiet != told else { return nil }
        told = quiet
        toldAt = now
        return quiet
    }

    /// Whether what holds now is worth a frame of its own, which then has to look.
    mutating func wantsFrame(_ quiet: Quiet, now: Int64) -> Bool {
        let isLess = quiet.within < told.within
        let isMore = quiet.within > told.within && now - toldAt >= Limits.quietRaiseMilliseconds
        if isLess || isMore { nextReview = now }
        return isLess || isMore
    }
}
