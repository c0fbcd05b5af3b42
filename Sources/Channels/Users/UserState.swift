public import Geo

/// The newest thing known of a user: 32 bytes of plain numbers.
///
/// States of one user are ordered by (``epoch``, ``timestamp``). A state whose ``flags`` lack
/// ``Flags/sharing`` is a tombstone: it says that there is nothing to be shown.
public struct UserState: BitwiseCopyable, Sendable, Equatable {
    public struct Flags: OptionSet, BitwiseCopyable, Sendable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// A location was accepted at some time.
        public static let located = Flags(rawValue: 1)
        /// The user lets friends see the location.
        public static let sharing = Flags(rawValue: 2)
        /// The user was erased: no location is accepted until it is brought back.
        public static let erased = Flags(rawValue: 4)
    }

    /// The sender's time of the fix, milliseconds since the Unix epoch.
    public var timestamp: Int64
    /// When the server received the location, monotonic milliseconds.
    public var heard: Int64
    public var coordinate: Coordinate
    /// The user's durable counter of changes of sharing.
    public var epoch: UInt32
    public var flags: Flags

    public init(
        coordinate: Coordinate, timestamp: Int64, heard: Int64, epoch: UInt32 = 0,
        flags: Flags = [.located, .sharing]
    ) {
        self.coordinate = coordinate
        self.timestamp = timestamp
        self.heard = heard
        self.epoch = epoch
        self.flags = flags
    }

    /// Of a user who was never heard of.
    static let unknown = UserState(
        coordinate: Coordinate(latitudeE7: 0, longitudeE7: 0)!, timestamp: .min, heard: .min, flags: [.sharing])

    /// Whether this state replaces `other`.
    @inline(__always)
    func isNewer(thanEpoch epoch: UInt32, timestamp: Int64) -> Bool {
        self.epoch != epoch ? self.epoch > epoch : self.timestamp > timestamp
    }

    /// Takes the location of a state that is not older, and hides the user if that state does. The epoch stays, so that what
    /// the store says of the change is news.
    mutating func join(_ other: UserState) {
        if other.epoch > epoch, !other.flags.contains(.sharing) { flags.remove(.sharing) }
        guard other.flags.contains(.located), other.timestamp > timestamp, !flags.contains(.erased) else { return }
        (coordinate, timestamp, heard) = (other.coordinate, other.timestamp, other.heard)
        flags.insert(.located)
    }

    /// Whether a friend may be shown this state at `now`.
    @inline(__always)
    public func isVisible(at now: Int64, inactivity: Int64) -> Bool {
        // Not a difference, which may be more than an integer holds.
        flags.isSuperset(of: [.located, .sharing]) && heard > now - inactivity
    }
}
