import Channels

/// A sink that keeps every frame as values.
final class RecordingSink: FrameSink {
    struct Item: Equatable {
        let user: UserIndex
        let kind: FrameItem.Kind
        var timestamp: Int64?
    }

    struct Frame: Equatable {
        let session: UInt32
        let items: [Item]
        let total: Int?
    }

    private unowned let shard: Shard
    private(set) var frames: [Frame] = []
    /// What every delivery answers.
    var takesMore = true
    /// Runs inside a delivery.
    var whileDelivering: (UInt32) -> Void = { _ in }

    init(_ shard: Shard) {
        self.shard = shard
        shard.sink = self
    }

    func deliver(to session: UInt32, items: UnsafeBufferPointer<FrameItem>, total: Int?) -> Bool {
        let items = items.map { item in
            let timestamp = item.kind.isGone ? nil : shard.state(ofChannel: item.channel).timestamp
            return Item(user: item.user, kind: item.kind, timestamp: timestamp)
        }
        frames.append(Frame(session: session, items: items, total: total))
        whileDelivering(session)
        return takesMore
    }

    /// The frames since the last call.
    func take() -> [Frame] {
        defer { frames = [] }
        return frames
    }
}
