import Geo

/// Places all over the Earth, the same every time, in every form that a measurement takes. In memory of its own, which is
/// never given back: a benchmark reads it without checks.
struct Samples {
    /// Fits in the first-level cache in each form.
    static let count = 1_024
    /// Bytes of a geohash.
    static let precision = 12

    let latitudes: UnsafeBufferPointer<Double>
    let longitudes: UnsafeBufferPointer<Double>
    let coordinates: UnsafeBufferPointer<Coordinate>
    let vectors: UnsafeBufferPointer<UnitVector>
    let cells: UnsafeBufferPointer<Geohash>
    /// One geohash after the other.
    let text: UnsafeBufferPointer<UInt8>
    /// Cells that a server would use: of six characters.
    let coarseCells: UnsafeBufferPointer<Geohash>

    init() {
        var random = SeededRandom(seed: 1)
        let latitudes = (0..<Self.count).map { _ in Double.random(in: -90...90, using: &random) }
        let longitudes = (0..<Self.count).map { _ in Double.random(in: -180...180, using: &random) }
        let coordinates = zip(latitudes, longitudes).compactMap { Coordinate(latitude: $0, longitude: $1) }
        let cells = coordinates.map { Geohash($0, precision: Self.precision) }
        self.latitudes = Self.keep(latitudes)
        self.longitudes = Self.keep(longitudes)
        self.coordinates = Self.keep(coordinates)
        vectors = Self.keep(coordinates.map(\.unitVector))
        self.cells = Self.keep(cells)
        text = Self.keep(cells.flatMap { Array($0.description.utf8) })
        coarseCells = Self.keep(cells.map { $0.parent(precision: 6) })
    }

    private static func keep<Element>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
        let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
        _ = buffer.initialize(from: elements)
        return UnsafeBufferPointer(buffer)
    }
}
