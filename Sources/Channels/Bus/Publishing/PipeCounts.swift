/// What became of what was given to a pipe: users, members or messages.
struct PipeCounts {
    /// Redis has taken them.
    var acknowledged = 0
    /// Redis had something newer.
    var outranked = 0
    /// Redis said no.
    var refused = 0
    /// There was no room.
    var dropped = 0
    /// Went back to the queue, with a lost connection or because Redis wants them anew.
    var returned = 0

    static func += (sum: inout PipeCounts, more: PipeCounts) {
        sum.acknowledged += more.acknowledged
        sum.outranked += more.outranked
        sum.refused += more.refused
        sum.dropped += more.dropped
        sum.returned += more.returned
    }
}
