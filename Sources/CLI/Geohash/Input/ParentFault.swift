import Geo

/// A cell has no parent of as many characters as wished.
struct ParentFault: LineFault {
    let cell: Geohash
    /// `nil` for one less than the cell has.
    let precision: Int?

    var description: String {
        let own = cell.precision == 1 ? "a cell of 1 character" : "a cell of \(cell.precision) characters"
        return precision.map { "\(own) has no parent of \($0)" } ?? "\(own) has no parent"
    }
}
