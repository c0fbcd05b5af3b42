internal import Channels

/// Publications as `PUBLISH` commands.
struct PublishForm: PipeForm {
    let process: UInt64

    func write(
        from queue: inout ConflatingQueue<BusChannel, Publication>, now: Int64, into writer: inout CommandWriter,
        noting note: (BusChannel, Publication, _ isLast: Bool) -> Void
    ) {
        guard let (key, value) = queue.takeFirst() else { return }
        switch value {
        case .state(let state):
            BusMessage.writeState(state, on: key, process: process, now: now, into: &writer)
            note(key, value, true)
        case .records(let records): write(records, on: key, now: now, into: &writer, noting: note)
        }
    }

    private func write(
        _ records: [UserID: Record], on cell: BusChannel, now: Int64, into writer: inout CommandWriter,
        noting note: (BusChannel, Publication, _ isLast: Bool) -> Void
    ) {
        var rest = records.map { (user: $0.key, record: $0.value) }[...]
        while !rest.isEmpty {
            let part = rest.prefix(BusMessage.maximumRecords)
            rest = rest.dropFirst(part.count)
            BusMessage.writeRecords(part, on: cell, process: process, now: now, into: &writer)
            note(cell, .records(Dictionary(uniqueKeysWithValues: part.map { ($0.user, $0.record) })), true)
        }
    }

    func taken(of count: Int, _ answer: borrowing RESPReply) -> Int { count }

    func mustRepeat(_ error: borrowing RESPReply) -> Bool { false }
}
