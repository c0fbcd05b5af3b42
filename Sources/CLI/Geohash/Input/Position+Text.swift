extension Position {
    /// Reads `LAT LON` or `LAT,LON`. Blanks and tabs may stand around either number.
    init(parsing line: UnsafeRawBufferPointer) throws(PositionFault) {
        var index = Self.skipBlanks(line, from: 0)
        let latitude = Self.field(line, from: &index)
        index = Self.skipBlanks(line, from: index)
        if index < line.count, line[index] == UInt8(ascii: ",") { index = Self.skipBlanks(line, from: index + 1) }
        let longitude = Self.field(line, from: &index)
        guard Self.skipBlanks(line, from: index) == line.count, !latitude.isEmpty, !longitude.isEmpty else {
            throw .shape
        }
        try self.init(latitude: UnsafeRawBufferPointer(rebasing: latitude), longitude: .init(rebasing: longitude))
    }

    /// Reads two fields.
    @inline(__always)
    init(latitude: UnsafeRawBufferPointer, longitude: UnsafeRawBufferPointer) throws(PositionFault) {
        guard let latitude = DecimalNumber.parse(latitude) else { throw .latitude }
        guard let longitude = DecimalNumber.parse(longitude) else { throw .longitude }
        try self.init(latitude: latitude, longitude: longitude)
    }

    init(parsing text: String) throws(PositionFault) {
        var text = text
        let result = text.withUTF8 { bytes in
            Result { () throws(PositionFault) in try Position(parsing: UnsafeRawBufferPointer(bytes)) }
        }
        self = try result.get()
    }

    @inline(__always)
    private static func skipBlanks(_ line: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index < line.count, isBlank(line[index]) { index += 1 }
        return index
    }

    /// Up to a blank, a comma or the end.
    @inline(__always)
    private static func field(
        _ line: UnsafeRawBufferPointer, from index: inout Int
    ) -> Slice<UnsafeRawBufferPointer> {
        let start = index
        while index < line.count, !isBlank(line[index]), line[index] != UInt8(ascii: ",") { index += 1 }
        return line[start..<index]
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
