internal import Channels
internal import Geo

/// The wire form of the bus: version (1), process (8), kind (1), then states or records.
///
/// A version is never changed: what needs other bytes gets the next number, and processes that do not know it skip the
/// message and count it.
enum BusMessage {
    static let version: UInt8 = 1
    /// The most records in one message.
    static let maximumRecords = 512
    private static let headerLength = 10

    enum Kind: UInt8 {
        case states = 1, records
    }

    /// Why a message was not taken.
    enum Skip: Equatable {
        /// The process published it itself.
        case echo
        case unknownVersion
        case malformed
    }

    // MARK: Writing

    /// Writes `PUBLISH channel message`.
    static func writeState(
        _ state: UserState, on channel: BusChannel, process: UInt64, now: Int64, into writer: inout CommandWriter
    ) {
        writePublish(channel, .states, process, length: UserState.formLength, into: &writer) {
            state.writeForm(into: &$0, now: now)
        }
    }

    static func writeRecords(
        _ records: ArraySlice<(user: UserID, record: Record)>, on channel: BusChannel, process: UInt64, now: Int64,
        into writer: inout CommandWriter
    ) {
        let length = records.reduce(0) { $0 + Record.formLength(of: $1.user) }
        writePublish(channel, .records, process, length: length, into: &writer) {
            for (user, record) in records { record.writeForm(of: user, into: &$0, now: now) }
        }
    }

    private static func writePublish(
        _ channel: BusChannel, _ kind: Kind, _ process: UInt64, length: Int, into writer: inout CommandWriter,
        _ body: (inout CommandWriter) -> Void
    ) {
        writer.writeCommandStart("PUBLISH", arguments: 2)
        writer.writeArgument(channel)
        writer.writeArgument(count: headerLength + length) {
            $0.write(version)
            $0.write(process)
            $0.write(kind.rawValue)
            body(&$0)
        }
    }

    // MARK: Reading

    /// Takes what a message on `channel` holds into `batch`; all of it, or nothing.
    ///
    /// - Returns: why nothing was taken, or `nil`.
    static func read(
        _ bytes: UnsafeRawBufferPointer, on interest: BusInterest, process: UInt64, now: Int64,
        into batch: inout BusBatch
    ) -> Skip? {
        var reader = ByteReader(bytes)
        guard let version = reader.read(UInt8.self) else { return .malformed }
        guard version == Self.version else { return .unknownVersion }
        guard let sender = reader.read(UInt64.self) else { return .malformed }
        guard sender != process else { return .echo }
        guard let kind = reader.read(UInt8.self).flatMap(Kind.init) else { return .malformed }
        switch (interest.channel, kind) {
        case (.user, .states): return readStates(&reader, interest.tag, now, into: &batch)
        case (.cell(let cell), .records): return readRecords(&reader, cell, interest.tag, now, into: &batch)
        default: return .malformed
        }
    }

    private static func readStates(
        _ reader: inout ByteReader, _ tag: UInt32, _ now: Int64, into batch: inout BusBatch
    ) -> Skip? {
        let start = batch.states.count
        repeat {
            guard let state = UserState(readingForm: &reader, now: now) else {
                batch.states.removeSubrange(start...)
                return .malformed
            }
            batch.states.append(BusState(tag: tag, state: state))
        } while !reader.isAtEnd
        return nil
    }

    private static func readRecords(
        _ reader: inout ByteReader, _ cell: Geohash, _ tag: UInt32, _ now: Int64, into batch: inout BusBatch
    ) -> Skip? {
        let start = batch.records.count
        repeat {
            guard let (user, record) = Record.readForm(&reader, now: now) else {
                batch.records.removeSubrange(start...)
                return .malformed
            }
            batch.records.append(BusRecord(tag: tag, cell: cell, user: user, record: record))
        } while !reader.isAtEnd
        return nil
    }
}
