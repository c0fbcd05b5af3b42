/// The limits of what clients are told about staying silent.
extension Limits {
    /// `within_m` is a multiple of this, metres.
    static let quietStep = 100
    /// The largest `within_m`, metres. It stands where no friend is near enough to set a smaller one.
    static let quietMetres = 300
    /// The longest `for_s`, seconds.
    static let quietSeconds: Int64 = 300
    /// And this part of the inactivity time at most, so that a location that is lost makes nobody inactive.
    static let quietInactivityParts: Int64 = 2
    /// `within_m` is at most this part of the way to the nearest friend, and of the farthest friend's way to the edge of the
    /// radius.
    static let quietParts = 20.0
    /// How often frames that go out anyway look whether `quiet` has changed, milliseconds. A friend who comes so near
    /// that it has is noticed at once.
    static let quietReviewMilliseconds: Int64 = 1_000
}
