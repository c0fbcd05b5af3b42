/// A part of the members in reach: the roster of one cell, or the rosters of a cell and all cells inside it.
struct Urn: BitwiseCopyable {
    private let code: UInt32

    init(node: UInt32, isWhole: Bool) { code = node << 1 | (isWhole ? 1 : 0) }

    var node: UInt32 { code >> 1 }
    /// Whether the cells inside belong to it too.
    var isWhole: Bool { code & 1 == 1 }
}
