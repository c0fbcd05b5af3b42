/// What a ``HistoryWriter`` did so far: `offered = written + dropped + withdrawn + waiting`.
public struct HistoryCounts: Hashable, Sendable {
    /// Points that were offered.
    public internal(set) var offered = 0
    /// Points that the stores took.
    public internal(set) var written = 0
    /// Points lost: the buffer was full, or the stores refused them for good or until the end.
    public internal(set) var dropped = 0
    /// Points given up because their user's history was deleted or the user erased.
    public internal(set) var withdrawn = 0
    /// Attempts to write a batch that failed, each one counted.
    public internal(set) var failedBatches = 0

    /// Points that wait to be written.
    public var waiting: Int { offered - written - dropped - withdrawn }
}
