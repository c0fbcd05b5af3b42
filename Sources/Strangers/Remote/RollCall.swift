/// Every process is asked to say again which users of its own are in a cell.
struct RollCall: Equatable {
    /// Of precision 4.
    var cell: CoarseCell
}
