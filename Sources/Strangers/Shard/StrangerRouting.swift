public import Geo

/// The cells by which a session's strangers are routed, told to the session itself only: they come from its
/// true position.
public struct StrangerRouting: Equatable, Sendable {
    /// The effective precision.
    public let precision: Int
    /// The cell of the true position.
    public let cell: Geohash

    /// ``cell`` and its neighbours: nine, or six at a pole.
    public var cells: [Geohash] { Array(cell.nine) }

    /// The effective values at a position: the precision that was asked for if it is configured and nine
    /// cells cover the radius there, otherwise the finest that does, otherwise the coarsest.
    ///
    /// - Parameter precisions: the configured ones, ascending and not empty.
    init(at coordinate: Coordinate, radius: Radius, requested: Int?, precisions: [Int]) {
        let finest =
            NineCellRule.finestPrecision(covering: radius, at: coordinate, among: precisions) ?? precisions[0]
        // Coarser cells cover what finer ones do.
        precision = requested.flatMap { precisions.contains($0) && $0 <= finest ? $0 : nil } ?? finest
        cell = Geohash(coordinate, precision: precision)
    }
}
