/// A tree of rectangles over things in a row, to find those in some place without looking at all.
///
/// The row is halved again and again as it stands. The pieces of a border lie next to each other in the plane
/// as they do in the row, so there is no need to sort them.
struct BoundsTree: Hashable {
    private static let thingsPerLeaf = 4

    /// The root is 1; the halves of n are 2n and 2n + 1.
    private var nodes: [PlaneBounds]
    private let count: Int
    private let leafCount: Int

    init(_ bounds: [PlaneBounds]) {
        count = bounds.count
        var leaves = 1
        while leaves * Self.thingsPerLeaf < bounds.count { leaves *= 2 }
        leafCount = leaves
        nodes = Array(repeating: .empty, count: 2 * leaves)
        for (index, one) in bounds.enumerated() {
            nodes[leaves + index / Self.thingsPerLeaf].formUnion(one)
        }
        for node in stride(from: leaves - 1, to: 0, by: -1) {
            nodes[node] = nodes[2 * node]
            nodes[node].formUnion(nodes[2 * node + 1])
        }
    }

    /// The rectangle around all.
    var bounds: PlaneBounds { nodes[1] }

    /// Visits, in order, the things in the leaves whose rectangles and all above them may have some, until a
    /// visit returns false.
    func visit(where mayHave: (PlaneBounds) -> Bool, _ body: (Int) -> Bool) {
        _ = visit(node: 1, where: mayHave, body)
    }

    private func visit(node: Int, where mayHave: (PlaneBounds) -> Bool, _ body: (Int) -> Bool) -> Bool {
        guard mayHave(nodes[node]) else { return true }
        guard node >= leafCount else {
            return visit(node: 2 * node, where: mayHave, body)
                && visit(node: 2 * node + 1, where: mayHave, body)
        }
        let first = (node - leafCount) * Self.thingsPerLeaf
        return (first..<min(first + Self.thingsPerLeaf, count)).allSatisfy(body)
    }
}
