import Geo

/// The answer to a roll call, a part at a time, so that a crowded cell is no burst; then a pause before the next one.
struct RollAnswer {
    var cell: Geohash
    /// Who is still to be told, the last one first; `nil` before the answer has begun, nobody while it rests.
    var users: [UInt32]?
    /// When the next part goes out, or the pause is over; monotonic milliseconds.
    var due: Int64
    /// Whether somebody asked after it had begun.
    var isAskedAgain = false

    init(cell: Geohash, due: Int64) {
        self.cell = cell
        self.due = due
    }

    /// Whether it is done, and nobody has asked since.
    var isRested: Bool { users?.isEmpty == true && !isAskedAgain }

    /// Somebody asked while it was told, or rested: all is said again.
    mutating func begin() {
        users = nil
        isAskedAgain = false
    }

    /// A part was told.
    mutating func proceed(with rest: [UInt32], now: Int64) {
        users = rest
        due = now + (rest.isEmpty ? StrangerLimits.rollCallPause : StrangerLimits.rollCallPartDelay)
    }
}
