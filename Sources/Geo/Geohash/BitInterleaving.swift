/// Interleaving of column and row bits (Morton order), in five steps that each move half of the bits twice
/// as near together or apart, all of them at once.
@usableFromInline
enum BitInterleaving {
    /// The bits of an interleaved word that come from columns: bit 63 and every second one below.
    @inlinable static var columnMask: UInt64 { 0xAAAA_AAAA_AAAA_AAAA }
    /// The bits of an interleaved word that come from rows.
    @inlinable static var rowMask: UInt64 { 0x5555_5555_5555_5555 }

    /// Puts 32 bits at the even places of 64.
    @inlinable @inline(__always)
    static func spread(_ number: UInt64) -> UInt64 {
        var bits = number
        bits = (bits | bits &<< 16) & 0x0000_FFFF_0000_FFFF
        bits = (bits | bits &<< 8) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits &<< 4) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits &<< 2) & 0x3333_3333_3333_3333
        return (bits | bits &<< 1) & rowMask
    }

    /// Takes the bits at the even places of 64; the opposite of ``spread(_:)``.
    @inlinable @inline(__always)
    static func gather(_ number: UInt64) -> UInt64 {
        var bits = number & rowMask
        bits = (bits | bits &>> 1) & 0x3333_3333_3333_3333
        bits = (bits | bits &>> 2) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits | bits &>> 4) & 0x00FF_00FF_00FF_00FF
        bits = (bits | bits &>> 8) & 0x0000_FFFF_0000_FFFF
        return (bits | bits &>> 16) & 0x0000_0000_FFFF_FFFF
    }
}
