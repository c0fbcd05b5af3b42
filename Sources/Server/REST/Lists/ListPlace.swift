import Channels

/// Where a list goes on: after this item. The bytes are what a cursor seals.
protocol ListPlace {
    init?(bytes: [UInt8])
    var bytes: [UInt8] { get }
}

extension UserID: ListPlace {
    init?(bytes: [UInt8]) {
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    var bytes: [UInt8] { Array(string.utf8) }
}

extension Int64: ListPlace {
    init?(bytes: [UInt8]) {
        guard bytes.count == MemoryLayout<Int64>.size else { return nil }
        self = bytes.reduce(0) { $0 << 8 | Int64($1) }
    }

    var bytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

extension CursorSeal {
    /// The cursor for what comes behind `place`; `nil` at the end of the list.
    func next(_ place: (some ListPlace)?, in list: List, of user: UserID?) -> String? {
        place.map { seal($0.bytes, in: list, of: user) }
    }

    /// The place that the caller's cursor means; `nil` at the beginning of the list.
    func place<Place: ListPlace>(
        _ query: Query, in list: List, of user: UserID?, as type: Place.Type = Place.self
    ) throws(Problem) -> Place? {
        guard let cursor = try query.cursor() else { return nil }
        guard let place = try Place(bytes: open(cursor, in: list, of: user)) else { throw .badCursor }
        return place
    }
}
