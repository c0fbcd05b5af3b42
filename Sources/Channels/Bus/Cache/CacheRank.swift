internal import Channels

/// What decides which of two states of one user the cache keeps: the greater.
///
/// By epoch, as everywhere. Within an epoch a state that hides the user is above every location, and locations are ordered
/// by timestamp: so whatever hides a user is only undone by a later epoch, which the user's next change of sharing brings.
struct CacheRank: Comparable {
    /// Bytes of the form: epoch (4) and time (8), big-endian, both without a sign, so that bytes compare as ranks do.
    static let length = 12

    let epoch: UInt32
    private let time: UInt64

    private static let hidden = UInt64.max
    /// Turns a timestamp into a number without a sign in the same order, and back.
    private static let sign: UInt64 = 1 << 63

    init(_ state: UserState) {
        epoch = state.epoch
        time = state.flags.contains(.sharing) ? UInt64(bitPattern: state.timestamp) ^ Self.sign : Self.hidden
    }

    init?(reading reader: inout ByteReader) {
        guard let epoch = reader.read(UInt32.self), let time = reader.read(UInt64.self) else { return nil }
        (self.epoch, self.time) = (epoch, time)
    }

    func write(into writer: inout CommandWriter) {
        writer.write(epoch)
        writer.write(time)
    }

    /// Of a state that does not hide the user.
    var timestamp: Int64 { Int64(bitPattern: time ^ Self.sign) }

    static func < (one: CacheRank, other: CacheRank) -> Bool {
        (one.epoch, one.time) < (other.epoch, other.time)
    }
}
