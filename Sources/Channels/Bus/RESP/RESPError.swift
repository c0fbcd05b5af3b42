/// Why the bytes of a server cannot be read any further.
enum RESPError: Error, Equatable {
    /// No RESP2.
    case malformed
    /// A reply of more bytes, more elements or more levels than allowed.
    case tooLarge
}
