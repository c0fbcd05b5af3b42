import Channels
import Geo

/// Where a nearby list goes on, and around which place: that of its first page, so that later pages fit to it
/// wherever the user has gone meanwhile.
struct NearbyPlace: Equatable {
    let center: Coordinate
    let radius: Radius
    /// The last item of the page before, and its distance as the square of the chord.
    let chordSquared: Double
    let friend: UserID
}

extension NearbyPlace: ListPlace {
    init?(bytes: [UInt8]) {
        let size = MemoryLayout<Int64>.size
        guard bytes.count > 3 * size, let position = Int64(bytes: Array(bytes[..<size])),
            let metres = Int64(bytes: Array(bytes[size..<(2 * size)])),
            let chord = Int64(bytes: Array(bytes[(2 * size)..<(3 * size)])),
            let friend = UserID(bytes: Array(bytes[(3 * size)...])),
            let center = Coordinate(
                latitudeE7: Int32(truncatingIfNeeded: position >> 32),
                longitudeE7: Int32(truncatingIfNeeded: position)),
            let radius = Radius(metres: Double(bitPattern: UInt64(bitPattern: metres)))
        else { return nil }
        self.init(
            center: center, radius: radius, chordSquared: Double(bitPattern: UInt64(bitPattern: chord)),
            friend: friend)
    }

    var bytes: [UInt8] {
        let position = Int64(center.latitudeE7) << 32 | Int64(UInt32(bitPattern: center.longitudeE7))
        return position.bytes + Int64(bitPattern: radius.metres.bitPattern).bytes
            + Int64(bitPattern: chordSquared.bitPattern).bytes + friend.bytes
    }
}
