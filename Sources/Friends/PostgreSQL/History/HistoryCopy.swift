import Geo

/// Rows of the history in the binary form of COPY: sixty bytes a row, and nothing to parse for the server.
struct HistoryCopy {
    static let statement = "COPY history (user_number, ts, heard_at, lat_e7, lon_e7) FROM STDIN (FORMAT binary)"
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]
    private static let bytesPerRow = 2 + 3 * 12 + 2 * 8

    private(set) var bytes: [UInt8]

    init(rows: Int) {
        bytes = []
        bytes.reserveCapacity(Self.signature.count + 8 + rows * Self.bytesPerRow + 2)
        bytes += Self.signature
        // No flags, no extension of the header.
        append(Int32(0))
        append(Int32(0))
    }

    mutating func append(user: Int64, _ point: HistoryPoint) {
        append(Int16(5))
        for number in [user, point.ts, point.heardAt] {
            append(Int32(8))
            append(number)
        }
        for degrees in [point.coordinate.latitudeE7, point.coordinate.longitudeE7] {
            append(Int32(4))
            append(degrees)
        }
    }

    mutating func finish() { append(Int16(-1)) }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }
}
