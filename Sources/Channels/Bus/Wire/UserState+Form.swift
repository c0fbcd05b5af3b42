internal import Channels
internal import Geo

/// A state as bytes: flags (1), epoch (4), latitude and longitude in 1e-7° (4 each), timestamp (8), age (4); big-endian.
extension UserState {
    /// Bytes of the form.
    static let formLength = 25
    private static let knownFlags: Flags = [.located, .sharing, .erased]
    /// The highest epoch, which counts one user's changes of sharing: what is beyond is no count, and leaves no room for more.
    static let maximumEpoch = UInt32.max / 2

    func writeForm(into writer: inout CommandWriter, now: Int64) {
        writer.write(UInt8(truncatingIfNeeded: flags.rawValue))
        writer.write(epoch)
        writer.write(coordinate.latitudeE7)
        writer.write(coordinate.longitudeE7)
        writer.write(timestamp)
        writer.write(Age.of(heard: heard, now: now))
    }

    /// `nil` if the next bytes are no state.
    init?(readingForm reader: inout ByteReader, now: Int64) {
        guard let flags = reader.read(UInt8.self), let epoch = reader.read(UInt32.self),
            let latitude = reader.read(Int32.self), let longitude = reader.read(Int32.self),
            let timestamp = reader.read(Int64.self), let age = reader.read(UInt32.self),
            let coordinate = Coordinate(latitudeE7: latitude, longitudeE7: longitude)
        else { return nil }
        let known = Flags(rawValue: UInt32(flags))
        guard known.isSubset(of: Self.knownFlags), epoch <= Self.maximumEpoch else { return nil }
        self.init(
            coordinate: coordinate, timestamp: timestamp, heard: Age.heard(age, now: now), epoch: epoch, flags: known)
    }
}
