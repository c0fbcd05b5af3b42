/// The eight directions of a cell's neighbours, clockwise from the north.
public enum CompassPoint: String, CaseIterable, Sendable {
    case n, ne, e, se, s, sw, w, nw
}

extension CompassPoint {
    /// Columns to the east, -1 to 1.
    @inlinable var eastward: Int {
        switch self {
        case .ne, .e, .se: 1
        case .n, .s: 0
        case .sw, .w, .nw: -1
        }
    }

    /// Rows to the north, -1 to 1.
    @inlinable var northward: Int {
        switch self {
        case .nw, .n, .ne: 1
        case .e, .w: 0
        case .se, .s, .sw: -1
        }
    }
}
