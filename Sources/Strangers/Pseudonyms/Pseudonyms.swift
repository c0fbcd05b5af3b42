/// Makes the pseudonyms of strangers and finds the users behind them, without storing any.
///
/// A pseudonym is one encrypted block of: the target's number (40 bits), the number of its lifetime (24), the
/// observer's number (40), and a tag (24) of the published cell and of the two users' lives. So it is
/// different for every observer, cell, lifetime and life, and two of them have nothing in common to anyone
/// without the key. It lasts 15 minutes, at times that are each observer's own.
///
/// Any thread. The secret must stay the same over a restart for pseudonyms to be resolved after it.
public struct Pseudonyms: Sendable {
    private let blocks: BlockCipher
    private let phases: BlockCipher

    /// - Parameter secret: at least 16 bytes (precondition) that nobody else knows.
    public init(secret: [UInt8]) {
        precondition(secret.count >= 16, "a secret of fewer than 16 bytes can be guessed")
        blocks = BlockCipher(secret: secret, purpose: "nearby strangers pseudonyms")
        phases = BlockCipher(secret: secret, purpose: "nearby strangers phases")
    }

    /// The user that a pseudonym stood for, if it was this observer's and is at most 24 hours old.
    ///
    /// Takes the same time for every pseudonym.
    ///
    /// - Parameters:
    ///   - observer: the number of the user that was shown the pseudonym.
    ///   - wallMilliseconds: milliseconds since the Unix epoch.
    /// - Returns: the number of the target, or `nil`.
    public func resolve(_ sid: Sid, observer: Int64, wallMilliseconds: Int64) -> Int64? {
        let (high, low) = blocks.decrypt(sid.high, sid.low)
        let current = lifetime(ofObserver: UInt64(truncatingIfNeeded: observer), wallMilliseconds: wallMilliseconds)
        let age = Int64(current) - Int64(high & Self.lifetimeMask)
        // One ahead is a clock that was set back in between.
        let isRecent = age >= -1 && age <= StrangerLimits.resolvableLifetimes
        let isOwn = low >> Self.tagBits == UInt64(bitPattern: observer)
        return isRecent && isOwn ? Int64(high >> Self.lifetimeBits) : nil
    }

    /// The pseudonym of a target at a cell for an observer, during a lifetime.
    func sid(
        of target: StrangerIdentity, at cell: PublishedCell, for observer: StrangerIdentity, lifetime: UInt32
    ) -> Sid {
        let tag = Self.tag(cell: cell, target: target.life, observer: observer.life)
        let (high, low) = blocks.encrypt(
            target.number << Self.lifetimeBits | UInt64(lifetime) & Self.lifetimeMask,
            observer.number << Self.tagBits | tag)
        return Sid(high: high, low: low)
    }

    /// The number of the lifetime that an observer's pseudonyms have at a time.
    func lifetime(ofObserver number: UInt64, wallMilliseconds: Int64) -> UInt32 {
        let length = StrangerLimits.pseudonymMilliseconds
        let phase = Int64(phases.encrypt(0, number).low % UInt64(length))
        return UInt32(truncatingIfNeeded: (max(wallMilliseconds, 0) + phase) / length) & UInt32(Self.lifetimeMask)
    }

    private static let lifetimeBits: UInt64 = 24
    private static let tagBits: UInt64 = 24
    private static let lifetimeMask: UInt64 = 1 << lifetimeBits - 1

    /// Spreads what makes pseudonyms differ over 24 bits. Not secret: it is encrypted with the rest.
    private static func tag(cell: PublishedCell, target: UInt64, observer: UInt64) -> UInt64 {
        let first = mix(UInt64(cell.coarse.code) << 32 | target)
        return mix(first ^ observer << 32) >> (64 - tagBits)
    }

    /// The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
    /// generators", OOPSLA 2014): every bit of the input changes half of the output.
    private static func mix(_ value: UInt64) -> UInt64 {
        var bits = value &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
