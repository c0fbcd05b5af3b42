/// One element of a reply: plain numbers, text by its place in the arena.
struct RESPElement: BitwiseCopyable {
    enum Kind: UInt8 {
        case string, status, error, integer, null, array
    }

    var kind: Kind
    /// Where text starts.
    var start: Int
    /// Bytes of text, elements of an array, or the integer itself.
    var value: Int
}
