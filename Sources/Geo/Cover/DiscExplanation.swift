/// What it takes to cover a disc with cells of one precision, and whether nine cells do.
public struct DiscExplanation: Hashable, Sendable {
    /// The number of characters that is explained.
    public let precision: Int

    /// The cells that are needed, with their ``Cover/overcover``.
    public let cover: Cover

    /// Whether all of them are among the nine around the centre: see ``Disc/isCoveredByNine(precision:)``.
    public let nineSuffice: Bool

    /// The finest precision at which nine cells suffice: see ``Disc/ninePrecision``.
    public let ninePrecision: Int?

    /// The finest precision at which nine cells suffice wherever in its cell the centre is: see
    /// ``Disc/rulePrecision``.
    public let rulePrecision: Int?
}
