/// Why there is no cover.
public struct CoverError: Error, Hashable, Sendable {
    /// What stood in the way.
    public enum Reason: Hashable, Sendable {
        /// The region meets more cells of the precision than the caller takes.
        case tooManyCells(limit: Int, precision: Int)
        /// Already the coarsest precision allowed takes `needed` cells, more than the budget. `nil` if they are
        /// more than ``Cover/maximumCells``.
        case budgetTooSmall(needed: Int?, precision: Int)
    }

    /// What stood in the way; ``description`` says it in words.
    public let reason: Reason
}

extension CoverError: CustomStringConvertible {
    /// The reason in words, without a subject in front: "it takes at least 8 cells of precision 1".
    public var description: String {
        switch reason {
        case .tooManyCells(let limit, let precision):
            "it takes more than \(limit) cells of precision \(precision)"
        case .budgetTooSmall(let needed?, let precision):
            "it takes at least \(needed) cells of precision \(precision)"
        case .budgetTooSmall(nil, let precision):
            "it takes more than \(Cover.maximumCells) cells of precision \(precision)"
        }
    }
}
