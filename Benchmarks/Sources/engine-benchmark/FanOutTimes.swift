/// What a round of publications took, nanoseconds.
struct FanOutTimes {
    let deliveries: Int
    let frames: Int
    /// Of one publication: taking it and marking who has to be told.
    let publication: Double
    /// Of one delivery, everything included.
    let delivery: Double
}
