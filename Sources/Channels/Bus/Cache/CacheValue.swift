internal import Channels
internal import Geo

/// What stands in Redis for a user: version (1), rank (12), flags (1); and if the user may be shown, the server's time of
/// writing (8), latitude and longitude in 1e-7° (4 each), age (4); big-endian.
///
/// Of somebody who may not be shown there is no place and no time, only what keeps older locations away.
///
/// A version is never changed: what needs other bytes gets the next number. Every version begins with its number and the
/// rank, so that servers of different versions keep the newest of each other's values (``CacheScript``). What a server
/// cannot read it does not know, and counts.
enum CacheValue {
    static let version: UInt8 = 2
    private static let shown: UserState.Flags = [.located, .sharing]
    private static let known: UserState.Flags = [.located, .sharing, .erased]
    private static let shortLength = 1 + CacheRank.length + 1
    private static let fullLength = shortLength + 20

    static func isShown(_ state: UserState) -> Bool { state.flags.isSuperset(of: shown) }

    /// - Parameters:
    ///   - now: by the own clock.
    ///   - serverClock: the server's clock less the own, milliseconds.
    static func write(_ state: UserState, now: Int64, serverClock: Int64, into writer: inout CommandWriter) {
        let isShown = isShown(state)
        writer.writeArgument(count: isShown ? fullLength : shortLength) {
            $0.write(version)
            CacheRank(state).write(into: &$0)
            // That there is a place somewhere is not said where it is not.
            let flags = isShown ? state.flags : state.flags.subtracting(.located)
            $0.write(UInt8(truncatingIfNeeded: flags.rawValue))
            guard isShown else { return }
            $0.write(now &+ serverClock)
            $0.write(state.coordinate.latitudeE7)
            $0.write(state.coordinate.longitudeE7)
            $0.write(Age.of(heard: state.heard, now: now))
        }
    }

    /// `nil` if it is no value of this version.
    static func read(_ bytes: UnsafeRawBufferPointer, now: Int64, serverClock: Int64) -> UserState? {
        var reader = ByteReader(bytes)
        guard reader.read(UInt8.self) == version, let rank = CacheRank(reading: &reader),
            rank.epoch <= UserState.maximumEpoch,
            let flags = reader.read(UInt8.self).map({ UserState.Flags(rawValue: UInt32($0)) }),
            flags.isSubset(of: known)
        else { return nil }
        guard flags.isSuperset(of: shown) else {
            return bytes.count == shortLength && !flags.contains(.located) ? placeless(rank, flags) : nil
        }
        guard bytes.count == fullLength, let written = reader.read(Int64.self), written >= 0,
            let latitude = reader.read(Int32.self), let longitude = reader.read(Int32.self),
            let coordinate = Coordinate(latitudeE7: latitude, longitudeE7: longitude),
            let age = reader.read(UInt32.self), age != Age.unknown
        else { return nil }
        // In the own clock; the server's may have been set back since.
        let writtenHere = min(written.subtractingReportingOverflow(serverClock).partialValue, now)
        return UserState(
            coordinate: coordinate, timestamp: rank.timestamp, heard: Age.heard(age, now: writtenHere),
            epoch: rank.epoch, flags: flags)
    }

    /// Older than any location of its epoch, so that whoever knows one keeps it.
    private static func placeless(_ rank: CacheRank, _ flags: UserState.Flags) -> UserState {
        UserState(
            coordinate: Coordinate(latitudeE7: 0, longitudeE7: 0)!, timestamp: .min, heard: .min, epoch: rank.epoch,
            flags: flags)
    }
}
