internal import Channels

/// Publications as `PUBLISH` commands.
struct PublishForm: PipeForm {
    let process: UInt64

    func write(
        _ value: Publication, for key: BusChannel, now: Int64, into writer: inout CommandWriter,
        noting note: (BusChannel, Publication) -> Void
    ) {
        switch value {
        case .state(let state):
            BusMessage.writeState(state, on: key, process: process, now: now, into: &writer)
            note(key, value)
        case .records(let records): write(records, on: key, now: now, into: &writer, noting: note)
        case .controls(let messages):
            for message in messages {
                BusMessage.writeControl(message, process: process, into: &writer)
                note(key, .controls([message]))
            }
        }
    }

    private func write(
        _ records: [UserID: Record], on cell: BusChannel, now: Int64, into writer: inout CommandWriter,
        noting note: (BusChannel, Publication) -> Void
    ) {
        var rest = records.map { (user: $0.key, record: $0.value) }[...]
        while !rest.isEmpty {
            let part = rest.prefix(BusMessage.maximumRecords)
            rest = rest.dropFirst(part.count)
            BusMessage.writeRecords(part, on: cell, process: process, now: now, into: &writer)
            note(cell, .records(Dictionary(uniqueKeysWithValues: part.map { ($0.user, $0.record) })))
        }
    }
}
