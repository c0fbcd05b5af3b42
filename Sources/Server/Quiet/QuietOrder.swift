/// What one client was told about staying silent, and when to look whether something else holds by now.
///
/// A value without a clock. A client that did not ask in its `hello` has none.
struct QuietOrder {
    /// What the client goes by.
    private(set) var told: Quiet
    /// Monotonic milliseconds.
    private var nextReview: Int64

    /// The welcome's.
    init(_ quiet: Quiet, now: Int64) {
        told = quiet
        nextReview = now + Limits.quietReviewMilliseconds
    }

    /// Whether a frame that goes out now is to look.
    func isDue(now: Int64) -> Bool { now >= nextReview }

    /// Takes what holds now into a frame. Returns what the frame has to say, if anything.
    mutating func review(_ quiet: Quiet, now: Int64) -> Quiet? {
        nextReview = now + Limits.quietReviewMilliseconds
        guard quiet != told else { return nil }
        told = quiet
        return quiet
    }

    /// Takes what holds after the client itself has changed something. Returns whether a frame has to go out, which will look.
    mutating func wantsFrame(_ quiet: Quiet, now: Int64) -> Bool {
        if quiet != told { nextReview = now }
        return quiet != told
    }
}
