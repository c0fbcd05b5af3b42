import Geo

/// A cell of an answer, and what the answer says about it.
struct CellFeature {
    let cell: Geohash
    /// After the member `geohash`.
    let details: [JSONValue.Member]
    /// The cell that the answer is about, and not one that goes with it.
    let isMain: Bool

    init(_ cell: Geohash, isMain: Bool = true, _ details: [JSONValue.Member] = []) {
        self.cell = cell
        self.isMain = isMain
        self.details = details
    }

    var properties: [JSONValue.Member] { [.init("geohash", .init(cell))] + details }
}
