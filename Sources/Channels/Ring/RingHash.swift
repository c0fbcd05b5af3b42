/// The hash of the ring: FNV-1a over the bytes, then the finalizer of MurmurHash3, because FNV alone leaves similar names
/// near each other. Not for keys that somebody chooses to collide: that would load one server, and harm nothing else.
///
/// (Fowler, Noll, Vo: draft-eastlake-fnv. A. Appleby: MurmurHash3, `fmix64`, public domain.)
enum RingHash {
    private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01B3

    static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = offset
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* prime }
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }
}
