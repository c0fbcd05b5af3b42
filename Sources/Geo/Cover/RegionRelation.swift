/// How a cell lies to a region.
public enum RegionRelation: Hashable, Sendable {
    /// No point of the region is in the cell.
    case outside
    /// A part of the cell belongs to the region, or it is not known better.
    case partial
    /// The whole cell belongs to the region.
    case inside
}
