/// The 32 cells of one more character that make up a cell, in the order of their last characters; none of a cell of 12.
/// Made as they are asked for.
public struct GeohashChildren: RandomAccessCollection, Sendable {
    private let parent: Geohash

    init(of parent: Geohash) { self.parent = parent }

    public var startIndex: Int { 0 }
    public var endIndex: Int { parent.precision == Geohash.maximumPrecision ? 0 : 32 }

    public subscript(index: Int) -> Geohash {
        precondition(indices ~= index, "there is no such child")
        let precision = parent.precision + 1
        let shift = UInt64(64 - Geohash.bitsPerCharacter * precision)
        // The parent's precision, in the lowest bits, is cut off.
        return Geohash(truncating: parent.rawValue | UInt64(index) << shift, precision: precision)
    }
}

extension Geohash {
    /// The 32 cells of one more character that make up this one; none if it has 12.
    public var children: GeohashChildren { GeohashChildren(of: self) }
}
