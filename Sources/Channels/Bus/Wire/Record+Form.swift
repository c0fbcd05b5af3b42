internal import Channels

/// A record with its user's id as bytes: length of the id (1), id, kind (1), flags (1), count (2), epoch (4), other (4),
/// first, second and third (8 each), age (4); big-endian. ``Record/user`` is a number of one process and stays there.
extension Record {
    /// Bytes of the form besides the id.
    private static let fixedLength = 41

    static func formLength(of user: UserID) -> Int { fixedLength + user.string.utf8.count }

    func writeForm(of user: UserID, into writer: inout CommandWriter, now: Int64) {
        writer.write(UInt8(user.string.utf8.count))
        writer.write(user.string)
        writer.write(kind)
        writer.write(flags)
        writer.write(count)
        writer.write(epoch)
        writer.write(other)
        writer.write(first)
        writer.write(second)
        writer.write(third)
        writer.write(Age.of(heard: heard, now: now))
    }

    /// `nil` if the next bytes are no record.
    static func readForm(_ reader: inout ByteReader, now: Int64) -> (user: UserID, record: Record)? {
        guard let length = reader.read(UInt8.self), let id = reader.read(count: Int(length)),
            let user = UserID(utf8: id), let kind = reader.read(UInt8.self), let flags = reader.read(UInt8.self),
            let count = reader.read(UInt16.self), let epoch = reader.read(UInt32.self),
            let other = reader.read(UInt32.self), let first = reader.read(UInt64.self),
            let second = reader.read(UInt64.self), let third = reader.read(UInt64.self),
            let age = reader.read(UInt32.self)
        else { return nil }
        let record = Record(
            kind: kind, flags: flags, count: count, user: 0, epoch: epoch, other: other, first: first, second: second,
            third: third, heard: Age.heard(age, now: now))
        return (user, record)
    }
}
