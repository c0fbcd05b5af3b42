/// What was heard of a cell's users from other processes before a moment counts no more: the cell was left, or everyone
/// has been asked to say it again and had the time.
struct CellSweep: Equatable {
    /// Of precision 4.
    var cell: CoarseCell
    /// Monotonic milliseconds.
    var before: Int64
}
