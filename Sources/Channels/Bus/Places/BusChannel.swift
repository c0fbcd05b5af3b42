public import Channels
public import Geo

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A channel of the bus. Only well-formed names can exist: `user:<id>`, `cell:<geohash>`.
public enum BusChannel: Hashable, Sendable {
    /// The states of one user.
    case user(UserID)
    /// The records of those who are published in a cell.
    case cell(Geohash)

    static let userPrefix: StaticString = "user:"
    static let cellPrefix: StaticString = "cell:"
    /// The length of both prefixes.
    static let prefixLength = 5
    /// The longest name, in bytes.
    public static let maximumLength = prefixLength + UserID.maximumLength

    /// Reads a name exactly as ``description`` writes it; `nil` for anything else.
    public init?(_ name: some StringProtocol) {
        var text = String(name)
        guard let channel = text.withUTF8({ BusChannel(utf8: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = channel
    }

    /// The same from bytes.
    public init?(utf8 name: UnsafeRawBufferPointer) {
        guard name.count > Self.prefixLength else { return nil }
        let rest = UnsafeRawBufferPointer(rebasing: name.dropFirst(Self.prefixLength))
        if name.starts(with: UnsafeRawBufferPointer(Self.userPrefix)), let user = UserID(utf8: rest) {
            self = .user(user)
        } else if name.starts(with: UnsafeRawBufferPointer(Self.cellPrefix)), let cell = Geohash(utf8: rest),
            // Geohashes are read in upper case too, but a channel has one name.
            rest.allSatisfy({ !(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0) })
        {
            self = .cell(cell)
        } else {
            return nil
        }
    }

    /// Bytes of the name.
    var length: Int {
        switch self {
        case .user(let user): Self.prefixLength + user.string.utf8.count
        case .cell(let cell): Self.prefixLength + cell.precision
        }
    }

    /// The name's bytes, without making a string.
    func withName<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeTemporaryAllocation(byteCount: Self.maximumLength, alignment: 1) { buffer in
            body(UnsafeRawBufferPointer(rebasing: buffer[..<write(into: buffer)]))
        }
    }

    /// Whether this is the channel's name. Does not allocate.
    func isNamed(_ name: UnsafeRawBufferPointer) -> Bool {
        guard name.count == length, let start = name.baseAddress else { return false }
        guard case .user(let user) = self else {
            return withName { own in own.baseAddress.map { memcmp($0, start, name.count) == 0 } == true }
        }
        guard memcmp(start, Self.userPrefix.utf8Start, Self.prefixLength) == 0 else { return false }
        var id = user.string
        return id.withUTF8 { own in
            own.baseAddress.map { memcmp($0, start + Self.prefixLength, own.count) == 0 } == true
        }
    }

    /// - Returns: ``length``.
    private func write(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        switch self {
        case .user(let user):
            buffer.copyBytes(from: UnsafeRawBufferPointer(Self.userPrefix))
            UnsafeMutableRawBufferPointer(rebasing: buffer[Self.prefixLength...]).copyBytes(from: user.string.utf8)
        case .cell(let cell):
            buffer.copyBytes(from: UnsafeRawBufferPointer(Self.cellPrefix))
            cell.write(into: UnsafeMutableRawBufferPointer(rebasing: buffer[Self.prefixLength...]))
        }
        return length
    }
}

extension BusChannel: CustomStringConvertible {
    public var description: String {
        switch self {
        case .user(let user): "user:\(user)"
        case .cell(let cell): "cell:\(cell)"
        }
    }
}

extension UnsafeRawBufferPointer {
    init(_ text: StaticString) {
        self.init(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
}
