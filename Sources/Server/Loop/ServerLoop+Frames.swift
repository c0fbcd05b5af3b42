import Channels
import Strangers
import WebSocket

/// The engine's frames become text here.
extension ServerLoop: FrameSink {
    func deliver(to index: UInt32, items: UnsafeBufferPointer<FrameItem>, total: Int?) -> Bool {
        guard let session = session(at: index) else { return true }
        let strangers = strangers.drain(session: index)
        // What woke the session may have been told by an answer meanwhile.
        let shownCount = items.firstIndex { $0.kind.isGone } ?? items.count
        let quiet = session.quiet == nil ? nil : session.quietNews(items[..<shownCount], now: tickedAt)
        guard !items.isEmpty || total != nil || !strangers.isEmpty || quiet != nil else {
            return !session.connection.isBlocked
        }
        wire.begin("updates", seq: nil)
        if shownCount > 0 {
            wire.json(",\"friends\":")
            friends.friends(items[..<shownCount])
        }
        if shownCount < items.count {
            wire.json(",\"friends_gone\":")
            friends.gone(items[shownCount...])
        }
        if let total {
            wire.json(",\"friends_total\":")
            wire.integer(total)
        }
        write(strangers)
        if let quiet { wire.quiet(quiet) }
        wire.end()
        session.connection.send(text: wire.frame)
        counters.frameBytes += UInt64(wire.frame.count)
        if shownCount > 0, items[0].kind == .shown {
            counters.deliveryTimes.add(tickedAt - shard.heard(ofChannel: items[0].channel))
        }
        return !session.connection.isBlocked
    }

    private func write(_ changes: StrangerChanges) {
        if !changes.entered.isEmpty {
            wire.json(",\"strangers\":")
            wire.array(changes.entered, wire.stranger)
        }
        if !changes.gone.isEmpty {
            wire.json(",\"strangers_gone\":")
            wire.array(changes.gone) { sid in
                wire.json("{\"sid\":\"")
                wire.sid(sid)
                wire.json("\",\"reason\":\"gone\"}")
            }
        }
    }
}
